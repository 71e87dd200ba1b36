"""An index of the words within progress updates, where the database has such."""

from django.db import migrations

from peelian.config.database import forget_words, index_words


def create(apps, schema_editor):
    """Make the index."""
    index_words(schema_editor, "update_words", "promises_progressupdate", "text")


def drop(apps, schema_editor):
    """Remove it again."""
    forget_words(schema_editor, "update_words")


class Migration(migrations.Migration):
    """After the columns."""

    dependencies = [("promises", "0007_update_days")]
    operations = [migrations.RunPython(create, drop)]
