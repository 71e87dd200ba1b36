"""Rows that no loader may take: `(table, heading, row, what must be said of it)`."""

WRONG_ROWS = [
    (
        "areas",
        "title,reference,level",
        "West,west,county",
        "row 3, column “level”: found “county”; expected one of country, force_area, "
        "local_policing_area, local_authority.",
    ),
    ("areas", "title,reference,level", "West,west,", "column “level”: found nothing; expected one"),
    (
        "areas",
        "title,reference,level",
        ",west,country",
        "“title”: found nothing; expected a value.",
    ),
    (
        "areas",
        "title,reference,level",
        "West,the west,country",
        "row 3, column “reference”: found “the west”. Use letters, digits, full stops and hyphens",
    ),
    (
        "areas",
        "title,reference,level,parent",
        "West,west,country,atlantis",
        "row 3, column “parent”: found “atlantis”; expected the reference or title of one area on "
        "the record.",
    ),
    (
        "areas",
        "title,reference,level,parent",
        "West,west,country,plan/2016",
        "column “parent”: found “plan/2016”; expected the reference or title of one area",
    ),
    (
        "areas",
        "title,reference,level",
        "West,good,country",
        "row 3, column “reference”: found “good”; expected each Area once (it is in row 2 too).",
    ),
    ("areas", "title,reference,level,ons_code", "West,west,country,E070000012", "at most 9 char"),
    (
        "plans",
        "title,reference,starts_on",
        "New,new,5/4/2020",
        "row 3, column “starts_on”: found “5/4/2020”; expected a date like 2020-02-05.",
    ),
    ("plans", "title,reference,ends_on", "New,new,2020-02-30", "found “2020-02-30”; expected a da"),
    (
        "objectives",
        "title,reference,plan,number",
        "New,new,2016,one",
        "row 3, column “number”: found “one”; expected a whole number.",
    ),
    (
        "objectives",
        "title,reference,plan,number",
        "N,n,2016,1.5",
        "“1.5”; expected a whole number.",
    ),
    ("objectives", "title,reference,plan,number", "N,n,2016,-1", "column “number”: found “-1”."),
    ("objectives", "title,reference,plan,number", "N,n,2016,1" + "0" * 30, "expected a whole numb"),
    (
        "oversight-mechanisms",
        "title,reference,purpose,in_public",
        "New,new,All,maybe",
        "row 3, column “in_public”: found “maybe”; expected yes or no.",
    ),
    (
        "standards",
        "measure,reference,standard_is,value",
        "robbery,new,at_least,NaN",
        "row 3, column “value”: found “NaN”; expected a number.",
    ),
    (
        "standards",
        "measure,reference,standard_is,value",
        "robbery,new,at_least,inf",
        "column “value”: found “inf”; expected a number.",
    ),
    (
        "standards",
        "measure,reference,standard_is,value,starts,ends",
        "robbery,new,at_least,90,2020-02-01,2020-01-01",
        "row 3: found “new”. A standard cannot end before it starts.",
    ),
    (
        "meetings",
        "title,reference,body,held_on,starts_at",
        "New,new,gov,2020-02-05,11 am",
        "row 3, column “starts_at”: found “11 am”; expected a time like 11:00.",
    ),
    (
        "meetings",
        "title,reference,body,held_on,starts_at",
        "New,new,gov,2020-02-05,11:00Z",
        "column “starts_at”: found “11:00Z”; expected a time like 11:00.",
    ),
    (
        "meetings",
        "title,reference,body,held_on",
        "New,new,nobody,2020-02-05",
        "found “nobody”; expected the reference or title of one body or oversight mechanism on the",
    ),
    (
        "commitments",
        "title,reference,objective,overseen_by",
        "New,c-2,2016-1,gov; area/north",
        "column “overseen_by”: found “gov; area/north”; expected the reference or title of one ove",
    ),
]
