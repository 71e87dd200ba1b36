from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0003_move_standards'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='measure',
            name='measure_standard_has_direction',
        ),
        migrations.RemoveField(
            model_name='measure',
            name='standard',
        ),
        migrations.RemoveField(
            model_name='measure',
            name='standard_is',
        ),
        migrations.RemoveField(
            model_name='observation',
            name='loaded_by',
        ),
        migrations.RemoveField(
            model_name='observation',
            name='loaded_from',
        ),
    ]
