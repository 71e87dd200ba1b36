"""The builders build: every kind, by the real operations, each explained by its changes."""

import pytest

from peelian.record.kinds import Kind, kinds
from peelian.record.writing import unexplained
from tests.makers import make


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_a_record_of_every_kind_can_be_written_published_and_explained(kind: Kind) -> None:
    record = make(kind)
    assert kind.all().public().get() == record
    assert unexplained(record) == {}
