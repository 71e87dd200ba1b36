"""Standards become records with dates; observations say which return they came in with."""

import re

from django.db import migrations

PLACE = re.compile(r"(?:Loaded from )?(?P<file>.*?)(?:, row (?P<row>[0-9]+))?")


def move_standards(apps, schema_editor):
    """Make a record, and the change that explains it, of every standard kept on a measure."""
    Measure = apps.get_model("figures", "Measure")
    Standard = apps.get_model("figures", "Standard")
    Change = apps.get_model("record", "Change")
    for measure in Measure.objects.exclude(standard=None):
        said = {
            "reference": f"{measure.reference}.always",
            "title": measure.title,
            "status": measure.status,
            "audience": measure.audience,
            "embargo_until": measure.embargo_until,
            "expires_at": measure.expires_at,
            "standard_is": measure.standard_is,
            "value": measure.standard,
            "source": "",
        }
        made = Standard.objects.create(
            kind="standard", parent_id=measure.pk, sort_key=said["reference"], **said
        )
        instants = ("embargo_until", "expires_at")
        kept = {k: v.isoformat() if k in instants and v else v for k, v in said.items()}
        kept |= {"parent": f"measure/{measure.reference}"}
        Change.objects.create(
            record_id=made.pk,
            kind="standard",
            reference=made.reference,
            title=made.title,
            version=1,
            action="brought_in",
            by="peelian migrate",
            why="A standard has dates of its own now",
            values={name: [None, value] for name, value in kept.items() if value is not None},
        )


def name_returns(apps, schema_editor):
    """Make a return of every file that observations were loaded from."""
    Observation = apps.get_model("figures", "Observation")
    Return = apps.get_model("figures", "Return")
    files = {}
    for observation in Observation.objects.only("pk", "loaded_from", "loaded_by").iterator():
        place = PLACE.fullmatch(observation.loaded_from)
        key = (place["file"], observation.loaded_by)
        if key not in files:
            files[key] = Return.objects.create(file=key[0], loaded_by=key[1])
        files[key].new += 1
        row = int(place["row"]) if place["row"] else None
        Observation.objects.filter(pk=observation.pk).update(came_in=files[key], row=row)
    for made in files.values():
        made.save()


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0002_register_and_returns'),
        ('record', '0002_search'),
    ]

    operations = [
        migrations.RunPython(move_standards, migrations.RunPython.noop),
        migrations.RunPython(name_returns, migrations.RunPython.noop),
    ]
