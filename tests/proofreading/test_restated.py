"""One thing told twice with two values, however it is worded; and two things that look alike."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof

AS_AT = dt.date(2024, 9, 1)


def apart(*paragraphs: str) -> list[Finding]:
    document = read_text("report.txt", "\n\n".join(paragraphs).encode())
    return run(Proof([document], as_at=AS_AT), ["contradiction"])


def told(one: str, two: str) -> list[list[Finding]]:
    """Return what is found where one comes first, and where the other does."""
    return [apart(a, "The weather was fine.", b) for a, b in ((one, two), (two, one))]


ONE_THING = [
    (
        "In all, 412 complaints were recorded in 2022/23.",
        "The force logged 431 complaints between April 2022 and March 2023.",
    ),
    (
        "The force had 2,140 officers on 31 March 2024.",
        "Officer headcount stood at 2,118 at 31 March 2024.",
    ),
    (
        "Volunteers made 96 visits to custody in 2023/24.",
        "There were 104 custody visits in the year to March 2024.",
    ),
    (
        "The median time to answer a 101 call was 3 minutes 12 seconds in the quarter.",
        "In the quarter callers to 101 waited a median of 4 minutes 40 seconds.",
    ),
    (
        "The new station at Ferry Lane will cost £6.2m.",
        "At a cost of £7.1m the new Ferry Lane station is the largest scheme in the programme.",
    ),
    (
        "Two thirds of victims said they were satisfied with the service in 2023.",
        "In 2023, 58% of victims were satisfied with the service.",
    ),
    (
        "All nine of the recommendations have been closed.",
        "Seven of the nine recommendations have been closed, and two remain open.",
    ),
    (
        "The general reserve stood at £9.4m at 31 March 2023.",
        "At 31 March 2023 general reserves were £8.9m.",
    ),
    (
        "The survey was answered by 3,210 people.",
        "Of the 3,410 people who answered the survey, 54% felt safe.",
    ),
    (
        "Domestic abuse offences fell by 6% in the year to June 2022.",
        "In the year to June 2022 domestic abuse offences fell by 9%.",
    ),
    (
        "Domestic abuse offences fell by 6% in the year to June 2022.",
        "In the year to June 2022 domestic abuse offences rose by 6%.",
    ),
    (
        "The scheme has 24 volunteers.",
        "There are 27 volunteers in the scheme.",
    ),
    (
        "The capital programme for 2023/24 is £14.2m.",
        "A capital programme of £15.6m is planned for 2023/24.",
    ),
    (
        "Three of the four districts saw a fall in burglary.",
        "Burglary fell in all four districts.",
    ),
    (
        "Vetting took an average of 41 days in the quarter.",
        "The average time for vetting was 33 days in the quarter.",
    ),
    (
        "The survey had a response rate of 34%.",
        "With a response rate of 38%, the survey was the largest that we have done.",
    ),
    (
        "The Commissioner attended 42 community events in 2023.",
        "In 2023 the Commissioner went to 48 community events.",
    ),
    (
        "The Joint Audit Committee has five members.",
        "The Joint Audit Committee's six members are independent.",
    ),
    (
        "Eight knife crime operations were run in the quarter.",
        "We ran ten knife crime operations in the quarter.",
    ),
    (
        "Sickness absence averaged 8.2 days per officer in 2022/23.",
        "In 2022/23 sickness absence averaged 9.1 days for each officer.",
    ),
    (
        "The budget for victims' services is £1.9m in 2024/25.",
        "£2.1m is budgeted for victims' services in 2024/25.",
    ),
    (
        "The forecast underspend for the year is £0.4m.",
        "An underspend of £0.6m is forecast for the year.",
    ),
    (
        "Hate crime rose from 812 offences in 2021/22 to 934 in 2022/23.",
        "There were 951 hate crime offences in 2022/23.",
    ),
    (
        "The safer streets fund has made 46 grants.",
        "A total of 52 grants have been made from the safer streets fund.",
    ),
    (
        "The force answered 92% of 999 calls within ten seconds in May 2024.",
        "In May 2024 89% of 999 calls were picked up within ten seconds.",
    ),
    (
        "Custody throughput was 9,412 in 2020-21.",
        "In 2020-21 throughput was 8,955 detainees.",
    ),
    (
        "Savings of £7.4m have been made since 2016.",
        "£9.1m saved since 2016",
    ),
    (
        "2,412 residents answered, of whom 61% would pay more.",
        "Of the 2,412 who answered, 57% would pay more.",
    ),
    (
        "The wait for forensic results was 23 days in the quarter.",
        "The wait for forensic results fell to 19 days in the quarter.",
    ),
    (
        "A new station at Aberwen would be built at a cost of £4.2m.",
        "The new station at Aberwen would cost £5.1m.",
    ),
    (
        "The office received 84 applications for review between April and September 2021.",
        "Eighty-eight applications were received between April and September 2021.",
    ),
    (
        "In June 2024 the force recorded 312 burglaries, the fewest for two years.",
        "Burglary: 341 offences were recorded in June 2024.",
    ),
    (
        "The restorative justice service dealt with 212 cases in 2023/24.",
        "During 2023/24 the restorative justice service took on 243 cases.",
    ),
    (
        "41% of the complaints reviewed in 2023/24 were upheld.",
        "Of complaints reviewed in 2023/24, 37% were upheld.",
    ),
    (
        "Body-worn video was in use at 63% of stop searches in March 2024.",
        "In March 2024 body-worn video was used in 71% of stop searches.",
    ),
    (
        "The inspectorate made eleven recommendations.",
        "Of the nine recommendations made by the inspectorate, six are closed.",
    ),
    (
        "The panel considered 36 cases of use of force in 2023.",
        "In 2023 the panel looked at 31 cases of use of force.",
    ),
    (
        "The service supported 1,912 victims between April and June 2024.",
        "From April to June 2024 1,846 victims were supported by the service.",
    ),
    (
        "Reoffending stood at 28.4% in the year to March 2022.",
        "The reoffending rate was 26.9% in the year to March 2022.",
    ),
    (
        "The outstanding loans were £31.4m on 31 March 2023.",
        "On 31 March 2023 loans of £33.0m were outstanding.",
    ),
    (
        "Abandoned calls made up 12.3% of all 101 calls in the quarter.",
        "In the quarter 9.8% of 101 calls were abandoned.",
    ),
    (
        "The force has 61 special constables.",
        "With 74 special constables the force has fewer than ever.",
    ),
    (
        "Five indicators are graded amber.",
        "Amber: 4 indicators.",
    ),
    (
        "An increase of £12.00 in the Band D precept is proposed.",
        "An increase of £13.00 at Band D will raise £4.9m.",
    ),
    (
        "The helpline is open for eight hours a day.",
        "The helpline is open for twelve hours a day.",
    ),
    (
        "The office received 118 requests under the Freedom of Information Act in 2023.",
        "We answered all 131 Freedom of Information requests received in 2023.",
    ),
    (
        "The force recruited 84 officers in the quarter.",
        "In the quarter 79 officers were recruited.",
    ),
    (
        "At 30 June 2024 there were 212 vacancies among police staff.",
        "Police staff vacancies stood at 188 at 30 June 2024.",
    ),
    (
        "The pilot cost £48,000.",
        "The cost of the pilot was £62,000.",
    ),
    (
        "By 31 December 2023 the uplift had brought the force 312 extra officers.",
        "The uplift has brought 296 extra officers, as at 31 December 2023.",
    ),
    (
        "The refurbishment of the Ashby custody suite will cost £3.4m and take a year.",
        "Ashby custody suite is to be refurbished at a cost of £4.3m.",
    ),
    (
        "In quarter 2 (July to September 2023) 71.4% of emergency calls were attended within "
        "15 minutes.",
        "Attendance at emergency calls within 15 minutes was 68.9% in July to September 2023.",
    ),
    (
        "Hate crime: 402 offences were recorded in the twelve months to September 2023.",
        "In the twelve months to September 2023 the force recorded 388 hate crimes.",
    ),
    (
        "The helpline took 3,420 calls in 2022/23.",
        "In 2022/23 3,240 calls were taken by the helpline.",
    ),
    (
        "The Panel has ten councillors and two independent members.",
        "There are three independent members on the Panel.",
    ),
    (
        "Victims waited an average of 24 days for a first appointment in the year.",
        "The average wait for a first appointment was 31 days in the year.",
    ),
    (
        "The force spent £2.2m on overtime in the first half of 2023/24.",
        "Overtime cost £2.9m in the first half of 2023/24.",
    ),
    (
        "The drone unit flew 214 missions in 2023.",
        "In 2023 there were 241 missions by the drone unit.",
    ),
    (
        "The proportion of crimes solved was 14.2% in 2023/24.",
        "In 2023/24 16.1% of crimes were solved.",
    ),
    (
        "The Community Fund awarded £86,000 to 19 groups in the round.",
        "£68,000 was awarded from the Community Fund in the round.",
    ),
    (
        "Nineteen groups were given grants from the Community Fund in 2023.",
        "In 2023 the Community Fund gave grants to 22 groups.",
    ),
    (
        "Public confidence stands at 62% (year to March 2024).",
        "In the year to March 2024 public confidence was 58%.",
    ),
    (
        "The average speed on the A19 fell from 67 to 61 miles an hour.",
        "The average speed on the A19 fell from 67 to 59 miles an hour.",
    ),
    (
        "A budget gap of £5.4m has to be closed by 2026/27.",
        "The budget gap of £4.5m in 2026/27 will be met from reserves.",
    ),
    (
        "We received 27 complaints about the Chief Constable in 2023.",
        "There were 24 complaints about the Chief Constable in 2023.",
    ),
    (
        "The force has 3,102 police officers, the most that it has ever had.",
        "With 3,012 police officers the force is larger than ever.",
    ),
    (
        "Response officers attended 82% of grade 1 incidents on time in March.",
        "In March 78% of grade 1 incidents were attended on time.",
    ),
    (
        "Of 54 reviews completed in the year, 17 were upheld.",
        "The office completed 61 reviews in the year.",
    ),
    (
        "The team is made up of a sergeant and eight constables.",
        "The team has a sergeant and six constables.",
    ),
    (
        "CCTV in Market Harling was paid for with £45,000 from the Safer Streets Fund.",
        "The Safer Streets Fund gave £54,000 for CCTV in Market Harling.",
    ),
    (
        "The scheme manager recruited nine visitors in the year.",
        "Eleven visitors were recruited in the year.",
    ),
    (
        "Knife crime fell by 11% in the year to June 2023.",
        "Knife crime was down 8% in the year to June 2023.",
    ),
    (
        "The audit made four recommendations, all of which have been accepted.",
        "All six recommendations of the audit have been accepted.",
    ),
    (
        "The Commissioner told members that sickness among officers stood at 5.8% in December "
        "2023.",
        "Officer sickness was 6.4% in December 2023 (HR system).",
    ),
    (
        "Members heard that 62 applications had been made to the Community Fund.",
        "The Community Fund drew 71 applications, of which 30 were funded.",
    ),
    (
        "Call handlers took 148,200 calls to 101 in the year.",
        "The contact centre answered 152,900 101 calls in the year.",
    ),
    (
        "The new vehicle workshop cost £2.8m and opened in May 2022.",
        "The workshop for vehicles, built at a cost of £3.1m, has cut repair times.",
    ),
    (
        "The vacancy rate for detectives is 14%.",
        "Detective vacancies stand at 17%.",
    ),
    (
        "General balances will be £5.2m on 31 March 2024.",
        "General balances are forecast to be £5.7m at 31 March 2024.",
    ),
    (
        "The grant from the Home Office is £1.45m for 2023/24.",
        "For 2023/24 the Home Office grant comes to £1.54m.",
    ),
    (
        "The mean time from report to charge was 62 days in the year to June 2023.",
        "It took an average of 71 days from report to charge in the year to June 2023.",
    ),
    (
        "Stop and search was used 2,114 times in 2022/23.",
        "There were 2,241 stop and searches in 2022/23.",
    ),
    (
        "The number of repeat callers fell from 410 to 322.",
        "The number of repeat callers fell from 410 to 302.",
    ),
    (
        "The apprenticeship levy costs the force £0.9m a year.",
        "The apprenticeship levy is £1.2m a year.",
    ),
    (
        "Forty-one per cent of the new recruits are women.",
        "Women make up 46% of the new recruits.",
    ),
    (
        "The Ethics Committee has nine members, of whom four are women.",
        "The Ethics Committee's eight members serve for three years.",
    ),
    (
        "There are 260 miles of motorway and trunk road in the area.",
        "The area has 290 miles of motorway and trunk road.",
    ),
    (
        "The Commissioner's newsletter reaches 11,400 homes.",
        "The newsletter is sent to 14,100 homes.",
    ),
    (
        "A total of 37 officers left in the quarter.",
        "In the quarter 43 officers left.",
    ),
    (
        "Anti-social behaviour incidents were down by 12% in the year to March.",
        "Incidents of anti-social behaviour fell 8% in the year to March.",
    ),
    (
        "Ten custody visits were missed in the quarter because of illness.",
        "Because of illness fourteen custody visits were missed in the quarter.",
    ),
    (
        "The precept for 2024/25 brings in £88.1m.",
        "Income from the precept is £86.4m in 2024/25.",
    ),
    (
        "Of those surveyed 71% said they felt safe after dark.",
        "After dark, 64% of those surveyed said that they felt safe.",
    ),
    (
        "The hub has dealt with 1,240 referrals since it opened.",
        "Since it opened the hub has had 1,420 referrals.",
    ),
    (
        "Officers seized 88 knives in Operation Sceptre.",
        "Operation Sceptre led to the seizure of 96 knives.",
    ),
]

OTHER_THINGS = [
    (
        "The force had 2,140 officers on 31 March 2024.",
        "The force had 2,118 officers on 31 March 2023.",
    ),
    (
        "In June 2024 the force recorded 312 burglaries.",
        "In June 2024 the force recorded 341 robberies.",
    ),
    (
        "The new station at Ferry Lane will cost £6.2m.",
        "The new station at Mill Road will cost £7.1m.",
    ),
    (
        "The forecast underspend for the year is £0.4m.",
        "The forecast overspend on overtime for the year is £0.6m.",
    ),
    (
        "Of the reviews decided in the half-year 18% were upheld.",
        "In the year 2020/21 as a whole 22% of the reviews were upheld.",
    ),
    (
        "The service supported 1,912 victims between April and June 2024.",
        "The service supported 1,846 victims of domestic abuse between April and June 2024 and "
        "closed 1,100 cases.",
    ),
    (
        "The office received 84 applications for review in the quarter.",
        "The office decided 78 applications for review in the quarter.",
    ),
    (
        "The scheme has 24 volunteers.",
        "The scheme has 13 volunteers at Kirkfold and 11 at Tarnside.",
    ),
    (
        "92% of 999 calls were answered within ten seconds in May 2024.",
        "99% of 999 calls were answered within a minute in May 2024.",
    ),
    (
        "The target is to answer 90% of 999 calls within ten seconds.",
        "The force answered 87% of 999 calls within ten seconds.",
    ),
    (
        "There are 14 front counters in the county.",
        "Two front counters are open at night.",
    ),
    (
        "General reserves were £9.4m at 31 March 2023.",
        "Earmarked reserves were £8.9m at 31 March 2023.",
    ),
    (
        "The capital programme for 2023/24 is £14.2m.",
        "The capital programme for 2024/25 is £15.6m.",
    ),
    (
        "The provisional figure for KSI casualties in 2023 was 212.",
        "The final figure for KSI casualties in 2023 was 219.",
    ),
    (
        "About 85% of residents feel safe.",
        "84.6% of residents feel safe.",
    ),
    (
        "Precept income will be £91.2m in 2024/25.",
        "Grant income will be £94.5m in 2024/25.",
    ),
    (
        "The budget for victims' services is £1.9m in 2024/25.",
        "£2.1m was spent on victims' services in 2023/24.",
    ),
    (
        "41% of complaints from women were upheld in 2023/24.",
        "37% of complaints from men were upheld in 2023/24.",
    ),
    (
        "The Panel met six times in 2022/23.",
        "In 2022/23 the Ethics Committee held five meetings.",
    ),
    (
        "In the north 84 officers were recruited in the quarter.",
        "In the south 79 officers were recruited in the quarter.",
    ),
    (
        "The restorative justice service dealt with 212 cases in 2023/24.",
        "Of the cases in 2023/24 that the restorative justice service closed, 190 ended in an "
        "apology.",
    ),
    (
        "The Trust received £180,000 in 2023/24.",
        "The Trust will receive £210,000 in 2024/25.",
    ),
    (
        "The precept for Band D will be £271.57.",
        "The precept for Band D is £259.57 now.",
    ),
    (
        "The precept will rise by £10 for Band D.",
        "The precept will rise by £8 for Band C.",
    ),
    (
        "The office received 118 requests in 2023.",
        "The office received 131 complaints in 2023.",
    ),
    (
        "The force recruited 84 officers in the quarter.",
        "In the quarter 79 officers left.",
    ),
    (
        "In all, 412 complaints were recorded in 2022/23.",
        "In 2022/23 the force recorded 612 allegations in 412 complaints.",
    ),
    (
        "The average wait on 101 was 4 minutes 10 seconds in the quarter.",
        "The longest wait on 101 was 41 minutes in the quarter.",
    ),
    (
        "The average wait on 101 was 4 minutes 10 seconds in the quarter.",
        "The average wait on 101 was 3 minutes 2 seconds in Northbridge in the quarter.",
    ),
    (
        "Support for the increase was 61%.",
        "Among those under 25 support for the increase was 48%.",
    ),
    (
        "Three of the four districts saw a fall in burglary.",
        "All four districts saw a fall in vehicle crime.",
    ),
    (
        "The inspectorate made eleven recommendations.",
        "We have closed nine recommendations of the inspectorate.",
    ),
    (
        "The Commissioner made 42 visits in 2023.",
        "Custody visitors made 48 visits in 2023.",
    ),
    (
        "Domestic abuse offences fell by 6% in the year to June 2022.",
        "Domestic abuse offences fell by 9% in the year to June 2021.",
    ),
    (
        "Domestic abuse offences fell by 6% in the quarter.",
        "Domestic abuse offences fell by 9% in the year.",
    ),
    (
        "The new team will have 20 officers.",
        "The new team has 14 officers so far.",
    ),
    (
        "Satisfaction of victims of burglary was 81% in the quarter.",
        "Satisfaction of victims of vehicle crime was 64% in the quarter.",
    ),
    (
        "On 31 March 2023 loans of £33.0m were outstanding.",
        "On 31 March 2023 investments of £31.4m were outstanding.",
    ),
    (
        "The force has 61 special constables.",
        "The force is to recruit 74 special constables.",
    ),
    (
        "There were 934 hate crimes in 2022/23.",
        "There were 712 race hate crimes in 2022/23.",
    ),
    (
        "We gave £40,000 to Harbour House.",
        "We gave £45,000 to Willow House.",
    ),
    (
        "The refuge was given a grant of £40,000.",
        "The youth club was given a grant of £45,000.",
    ),
    (
        "Of the 200 who answered, 61% were women.",
        "Of the 200 who answered, 57% were over 60.",
    ),
    (
        "Of the 200 who answered, 61% agreed.",
        "Of the 200 who answered, 30% disagreed.",
    ),
    (
        "In the survey 61% said that they trusted the police.",
        "In the survey 57% said that they felt safe at night.",
    ),
    (
        "Staff sickness averaged 8.2 days in 2022/23.",
        "Officer sickness averaged 9.1 days in 2022/23.",
    ),
    (
        "The contract for cleaning runs for four years.",
        "The contract for catering runs for three years.",
    ),
    (
        "Ward A has 12 cameras.",
        "Ward B has 14 cameras.",
    ),
    (
        "There were 212 vacancies among police staff on 30 June 2024.",
        "There were 188 vacancies among police officers on 30 June 2024.",
    ),
    (
        "The pilot cost £48,000.",
        "The evaluation of the pilot cost £12,000.",
    ),
    (
        "The force has 61 special constables, against 74 a year ago.",
        "A year ago the force had 74 special constables.",
    ),
    (
        "The charge rate for rape rose from 5.1% to 7.4% in 2023/24.",
        "In 2022/23 the charge rate for rape was 5.1%.",
    ),
    (
        "The uplift brought 312 extra officers by 31 December 2023.",
        "The uplift had brought 210 extra officers by 31 December 2022.",
    ),
    (
        "The Community Fund awarded £86,000 to 19 groups.",
        "The Community Fund gave £9,000 to the boxing club.",
    ),
    (
        "The helpline took 3,420 calls in 2022/23.",
        "The helpline answered 91% of calls in 2022/23, and 310 calls came from young people.",
    ),
    (
        "The Panel has ten councillors and two independent members.",
        "The Panel met in May; seven councillors and one independent member were present.",
    ),
    (
        "The force has 3,102 police officers.",
        "The force has 1,840 police staff and 210 police community support officers.",
    ),
    (
        "The force spent £2.2m on overtime in the first half of 2023/24.",
        "The budget for overtime is £3.9m in 2023/24.",
    ),
    (
        "In the year to March 2024 public confidence was 58%.",
        "In the year to March 2024 public confidence in Wales was 61%.",
    ),
    (
        "Knife crime fell by 11% in the year to June 2023.",
        "Knife crime fell by 4% in Alderby in the year to June 2023.",
    ),
    (
        "The audit of payroll made four recommendations.",
        "The audit of stores made six recommendations.",
    ),
    (
        "In March 78% of grade 1 incidents were attended on time.",
        "In March 64% of grade 2 incidents were attended on time.",
    ),
    (
        "There were 16 deaths on the roads in 2023.",
        "There were 211 serious injuries on the roads in 2023.",
    ),
    (
        "The drone unit flew 214 missions in 2023.",
        "The dog unit was deployed on 241 occasions in 2023.",
    ),
    (
        "Council tax for Band D will be £253.20.",
        "Council tax for Band C will be £225.07.",
    ),
    (
        "Victims waited an average of 24 days for a first appointment.",
        "Victims waited an average of 11 months for trial.",
    ),
    (
        "The refurbishment of the Ashby custody suite will cost £3.4m.",
        "The refurbishment of the Ashby control room will cost £1.1m.",
    ),
    (
        "71.4% of emergency calls were attended within 15 minutes in the quarter.",
        "In rural areas 59% of emergency calls were attended within 20 minutes in the quarter.",
    ),
    (
        "The scheme manager recruited nine visitors in the year.",
        "Four visitors resigned in the year, and 19 visitors remain.",
    ),
    (
        "We expect a budget gap of £5.4m by 2026/27.",
        "The budget gap in 2025/26 is £2.0m.",
    ),
    (
        "The survey was sent to 5,000 households.",
        "1,150 households answered the survey.",
    ),
    (
        "Of 54 reviews completed in the year, 17 were upheld.",
        "Of 61 reviews received in the year, 54 were completed.",
    ),
    (
        "In 2022/23 the force recorded 812 hate crimes.",
        "In 2022/23 the force recorded 790 hate incidents that were no crime.",
    ),
    (
        "The estate has 34 buildings.",
        "Twelve buildings have been sold since 2016.",
    ),
    (
        "The force solved 14.2% of crimes in 2023/24.",
        "The force solved 16.1% of robberies in 2023/24.",
    ),
    (
        "The Trust will have £120,000 in the first year.",
        "The Trust will have £140,000 in the second year.",
    ),
    (
        "A constable's starting pay is £28,551.",
        "A sergeant's starting pay is £46,227.",
    ),
    (
        "The panel of 22 volunteers looked at 96 files.",
        "A sample of 30 files was looked at by the volunteers.",
    ),
    (
        "The Commissioner's office has 22 staff.",
        "The Commissioner's office had 19 staff in 2019.",
    ),
    (
        "The team dealt with 48 cases in May.",
        "The team dealt with 52 cases in June.",
    ),
    (
        "Each district has a team of six officers.",
        "The force has 12 officers in roads policing.",
    ),
    (
        "Two of the three pilots have ended.",
        "The three pilots will be evaluated in the autumn.",
    ),
    (
        "Officer sickness was 5.8% in December 2023.",
        "Staff sickness was 6.4% in December 2023.",
    ),
    (
        "The Community Fund drew 71 applications.",
        "The Community Fund made 30 awards.",
    ),
    (
        "The vacancy rate for detectives is 14%.",
        "The vacancy rate for call handlers is 17%.",
    ),
    (
        "Of the 24 teams 18 are at full strength in the north.",
        "Of the 24 teams 15 have a sergeant.",
    ),
    (
        "In 2022 the force recovered 318 stolen vehicles.",
        "In 2022 the force recovered 281 stolen bicycles.",
    ),
    (
        "The Home Office grant is £1.45m for 2023/24.",
        "The Ministry of Justice grant is £1.54m for 2023/24.",
    ),
    (
        "It took an average of 71 days from report to charge in the year to June 2023.",
        "It took an average of 62 days from charge to trial in the year to June 2023.",
    ),
    (
        "Women make up 46% of the new recruits.",
        "Women make up 36% of all officers.",
    ),
    (
        "The Ethics Committee has nine members.",
        "The Audit Committee has five members.",
    ),
    (
        "In the quarter 43 officers left.",
        "In the quarter 37 officers joined.",
    ),
    (
        "Incidents of anti-social behaviour fell 8% in the year to March.",
        "Incidents of anti-social behaviour fell 12% in the towns in the year to March.",
    ),
    (
        "The hub has had 1,420 referrals since it opened.",
        "The hub has had 310 referrals this year.",
    ),
    (
        "71% said they felt safe after dark.",
        "91% said they felt safe in the daytime.",
    ),
    (
        "The force has 19 dogs.",
        "The force has 24 dog handlers.",
    ),
    (
        "The precept for 2024/25 brings in £88.1m.",
        "Grants bring in £86.4m in 2024/25.",
    ),
    (
        "Ten visits were missed in the quarter because of illness.",
        "Four visits were missed in the quarter because of snow.",
    ),
    (
        "Twenty-six schools took part in the project in the spring term.",
        "Thirty-one schools took part in the project in the summer term.",
    ),
    (
        "The Commissioner's newsletter reaches 11,400 homes.",
        "The force's alerts reach 14,100 homes.",
    ),
    (
        "Reviews took a median of 24 days.",
        "Complaints took a median of 31 days.",
    ),
    (
        "We spent £0.9m on agency staff.",
        "We spent £1.1m on consultants.",
    ),
    (
        "In March the force received 310 complaints.",
        "In March the force received 288 compliments.",
    ),
    (
        "Victims wait 11 weeks for an interview.",
        "Victims wait 31 weeks for counselling.",
    ),
    (
        "The reserve for insurance is £1.8m.",
        "The reserve for capital is £1.6m.",
    ),
    (
        "General balances will be £5.2m on 31 March 2024.",
        "General balances will be £5.7m on 31 March 2025.",
    ),
    (
        "The team has ten constables and a sergeant.",
        "The team in Weston has eight constables and a sergeant.",
    ),
    (
        "Hate crimes rose by 11% in the quarter.",
        "Hate crimes rose by 4% in the year.",
    ),
    (
        "In Easton 12 shops were visited, and in Weston 14 shops.",
        "In all 26 shops were visited.",
    ),
    (
        "The new fleet has 40 vans.",
        "The old fleet had 52 vans.",
    ),
    (
        "Crime against business fell to 1,204 offences.",
        "Crime against the person fell to 1,310 offences.",
    ),
    (
        "There were 412 section 136 detentions in 2022.",
        "There were 388 section 135 detentions in 2022.",
    ),
]


@pytest.mark.parametrize(("one", "two"), ONE_THING)
def test_two_values_of_one_thing_contradict_each_other_in_either_order(one, two):
    assert [len(found) for found in told(one, two)] == [1, 1]


@pytest.mark.parametrize(("one", "two"), OTHER_THINGS)
def test_values_of_two_things_do_not(one, two):
    assert told(one, two) == [[], []]


def test_the_quarter_is_that_of_which_the_document_reports():
    title = "Report on complaints, April to September 2021"
    one = "The office received 84 applications in the half-year."
    two = "Ninety-one applications were received between April and September 2021."
    assert len(apart(title, one, two)) == 1
    assert apart(title, one, two.replace("2021", "2020")) == []


_WORDS = st.sampled_from(
    [
        "12",
        "£3m",
        "41%",
        "2,412",
        "of",
        "the",
        "which",
        "from",
        "to",
        "officers",
        "in",
        "2023",
        "quarter",
        "average",
        "(",
        ")",
        ";",
        ":",
        ",",
        "cost",
        "by",
        "and",
        "fell",
        "per",
        "not",
        "who",
    ]
)


@given(st.lists(_WORDS, max_size=30), st.lists(_WORDS, max_size=30))
def test_any_two_paragraphs_can_be_set_side_by_side(one, two):
    for finding in apart(" ".join(one), " ".join(two)):
        assert finding.reason
