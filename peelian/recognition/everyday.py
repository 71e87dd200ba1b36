"""Abbreviations that need not be spelled out, and why; kept here as data, to be argued about."""

from __future__ import annotations

from peelian.expressions import expression

# By reason. Every other short form, however usual within a force, is spelled out somewhere.
_BY_REASON = {
    "the office and its holder, whom every such document is by or about": """
        PCC PFCC OPCC OPFCC DPCC DPFCC PCFRA""",
    "ranks of the police, used as titles": """
        PC PS DC DS DI DCI DSU CC DCC ACC ACO PCSO TPCSO T/DCC WPC CCs PCs
        SGT INSP SUPT""",
    "bodies known by their initials to anyone who reads the news": """
        HMICFRS HMIC HMI CPS IOPC IPCC NCA ONS NPCC APCC HMP HMRC DVLA MOD MoD MOJ MoJ DfT DfE DWP
        DEFRA BBC ITV NHS NHSE EU UN UK GB USA US RSPCA RNLI RAC YMCA UNISON BT RAF LGA NSPCC ICO
        FC AFC RFC UEFA FIFA HM HRH HMG HMS NATO NASA UNICEF UNESCO RSPB RNIB TUC GMB NFU TfL
        Ofsted OFSTED""",
    "firms known by their initials": """
        KPMG RSM BDO EY PwC TIAA G4S IBM SAP BMW JCB EDF HSBC TSB DHL UPS ASDA EE""",
    "offices and people of public life": """
        MP MPs MEP MS AM CEO CFO CE CIO COO MD PA VIP""",
    "words of every office": """
        AGM EGM AOB B2B B2C IT ICT HR PR ID PIN PO PDF CV FAQ FAQs Q&A A&E R&D HQ NB PS PTO
        RSVP TBC TBA TBD ASAP DIY VAT PAYE GDP CPI RPI URL USB DVD CD TV TVs SMS GPS DNA AI IP UPS
        OK RIP SOS WC DOB
        FTE YTD KPI KPIs RAG FOI FoI GDPR COVID BST GMT ETA FYI CCTV HGV HGVs LGV MOT SUV SIM IQ XL
        GP LED ATM BMX PPE ISO HTML LTD LLP PLC SWOT
        LGBT LGBTQ LGBTQI LGBTQIA BAME BME""",
    "words of policing that the public uses": """
        ASB ANPR PEEL MDMA LSD GCSE IVF HIV AIDS ADHD PTSD""",
    "honours, degrees and courts set after a name": """
        OBE MBE CBE DBE KBE QPM KPM KC QC JP DL BA MA BSc MSc MBA PhD LLB BEd TD RN""",
    "units, money and times": """
        GBP USD EUR KB MB GB TB MHz GHz KM KG MPH MM CM KW AM PM BC AD NW NE SW SE""",
    "marks of a protected or numbered paper": """
        SI EC ISBN ISSN UKSI UKPGA WSI NO""",
    "headings and emphasis, which are words": """
        NOT ALL AND THE OR NO YES MUST ONLY ANY ARE IS TO BE OF IN ON FOR BY ITEM ITEMS AGENDA NOTE
        PART PAGE DRAFT FINAL PUBLIC REPORT MINUTES PLAN TOTAL DATE TITLE NAME END NEW KEY
        AGREED NOTED ACTION ACTIONS OPEN CLOSED RED AMBER GREEN BLUE HIGH LOW VERY SECTION ANNEX
        TABLE CHART TIME VENUE CHAIR COPY PLEASE WILL HAS LIVE CONTENTS INDEX LEGAL ONE TWO THREE
        FOUR FIVE SIX SEVEN EIGHT NINE TEN EACH BOTH SAME WITH WHO HOW WHY WHAT WHEN WHERE NEVER
        ALWAYS NEXT LAST PAST ABOUT AFTER BEFORE MONEY STAFF NEWS COST COSTS RISKS DUE LATE MORE
        LESS FULL FROM THIS THAT THESE THOSE THAN THEN ALSO BEEN HAVE HAD WERE WAS INTO OVER
        UNDER UP DOWN NOTES DATES PAPER PAPERS STATUS POLICE CRIME ROADS OTHER NONE NIL SIGNED
        WELCOME THANKS LATEST YOUR OUR ITS YOU WE""",
}
EVERYDAY = frozenset(word for words in _BY_REASON.values() for word in words.split())
KNOWN_BODIES = frozenset(
    _BY_REASON["bodies known by their initials to anyone who reads the news"].split()
)
# Short forms of policing that a document may also have as words: an app, a mash, a dash.
ALSO_WORDS = frozenset(("APP", "PIP", "MASH", "MACE", "DASH", "SIT", "VISOR", "GOWISELY", "THRIVE"))

# As numbers of parts and kings go; with hundreds among them, they are letters (`DV`, `CMI`).
_ROMAN = expression(r"X{0,3}(?:IX|IV|V?I{0,3})")


def is_everyday(short: str) -> bool:
    """Return whether a short form needs no words: known to everyone, or a Roman numeral."""
    return short in EVERYDAY or short.upper() in EVERYDAY or bool(_ROMAN.fullmatch(short))
