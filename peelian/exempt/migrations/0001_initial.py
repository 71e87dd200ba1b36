"""Take over the exempt parts of decisions, of any record now; add exempt files and readings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('record', '0001_initial'),
        ('transparency', '0003_exempt_apart'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='ExemptPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('ground', models.CharField(max_length=300)),
                        ('by', models.CharField(max_length=150)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.record')),
                    ],
                ),
            ],
        ),
        migrations.RenameField('exemptpart', 'decision', 'record'),
    ]
