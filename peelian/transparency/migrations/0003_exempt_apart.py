"""Exempt parts move to an application of their own: the table is renamed, nothing is copied."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0002_staff_counts'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable('ExemptPart', 'exempt_exemptpart')],
            state_operations=[migrations.DeleteModel('ExemptPart')],
        ),
    ]
