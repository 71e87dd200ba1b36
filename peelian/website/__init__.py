"""The public shell: base pages, components, form markup and static files."""
