"""The table that full-text search keeps, in each database's own form."""

from django.db import migrations

from peelian.record.search import CREATE, DROP


def create(apps, schema_editor):
    """Make the search table of this database."""
    schema_editor.execute(CREATE[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    """Remove it again."""
    schema_editor.execute(DROP)


class Migration(migrations.Migration):
    """After the record's own tables."""

    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
