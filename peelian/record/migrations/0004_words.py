"""An index of the words within titles and references, where the database has such."""

from django.db import migrations

from peelian.config.database import forget_words, index_words


def create(apps, schema_editor):
    """Make the index."""
    index_words(schema_editor, "record_words", "record_record", "title", "reference")


def drop(apps, schema_editor):
    """Remove it again."""
    forget_words(schema_editor, "record_words")


class Migration(migrations.Migration):
    """After the columns."""

    dependencies = [("record", "0003_order")]
    operations = [migrations.RunPython(create, drop)]
