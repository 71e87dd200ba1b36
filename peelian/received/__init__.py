"""Documents that come in: checked, read for records, reviewed by a person, then loaded."""
