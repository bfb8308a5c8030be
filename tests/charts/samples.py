"""Rows such as the queries give, in the form and size of the real data: few rows, many gaps."""

from datetime import date

import pandas as pd


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def donor_ladder() -> pd.DataFrame:
    m = 1_000_000
    return frame(
        "donor_id donor role committed_eur disbursed_eur not_yet_disbursed_eur pledged_not_committed_eur"
        " rows_on_file rows_counted rows_without_rate freshness",
        ("SWE", "Sweden", "member", 12.10 * m, None, 12.10 * m, None, 4, 1, 1, "fresh"),
        ("NOR", "Norway", "member", 2.12 * m, None, 2.12 * m, None, 1, 1, 0, "due"),
        ("EST", "Estonia", "member", 1.5 * m, 0.5 * m, 1.0 * m, None, 4, 3, 0, "overdue"),
        ("ITA", "Italy", "member", 1.0 * m, None, 1.0 * m, None, 2, 2, 0, "fresh"),
        ("CAN", "Canada", "member", None, None, None, None, 2, 0, 1, "unknown"),
        ("DNK", "Denmark", "member", None, None, None, None, 1, 0, 0, "overdue"),
        ("FIN", "Finland", "member", None, None, None, None, 0, 0, 0, "unknown"),
        ("FRA", "France", "member", None, None, None, None, 0, 0, 0, "unknown"),
        ("DEU", "Germany", "member", None, None, None, None, 0, 0, 0, "unknown"),
        ("NLD", "Netherlands", "member", None, None, None, 10.0 * m, 4, 1, 0, "overdue"),
        ("POL", "Poland", "member", None, None, None, None, 5, 0, 0, "fresh"),
        ("GBR", "United Kingdom", "member", None, None, None, None, 3, 0, 0, "unknown"),
        ("USA", "United States", "member", None, None, None, None, 3, 0, 0, "unknown"),
    )


def confirmations() -> pd.DataFrame:
    return frame(
        "donor_id donor verdict stated_on",
        ("SWE", "Sweden", "confirmed", date(2026, 12, 3)),
        ("POL", "Poland", "disputed", date(2026, 12, 1)),
    )


def counting_waterfall() -> pd.DataFrame:
    return frame(
        "step_no kind reason label rows amount_eur rows_without_eur",
        (1, "all", None, "All rows on file", 31, 330_500_000.0, 5),
        (2, "less", "duplicate", "The same money reported twice", 3, 106_200_000.0, 1),
        (3, "less", "outside", "Outside the Mechanism: related", 9, 98_000_000.0, 1),
        (4, "less", "unclear", "Not clear whether within the Mechanism", 7, 109_630_000.0, 1),
        (5, "less", "in_kind", "In kind without a value", 3, None, 3),
        (6, "less", "no_rate", "No exchange rate", 1, None, 1),
        (100, "shown_separately", "pledges", "Pledges, shown separately", 1, None, 0),
        (101, "shown_separately", "payments", "Payments of commitments already counted", 1, None, 0),
        (102, "counted", "committed", "Committed", 7, 16_670_000.0, 0),
    )


def funding_by_year() -> pd.DataFrame:
    return frame(
        "year period_label stage stage_name amount_eur rows",
        (2023, "2023", "commitment", "Commitment", 500_000.0, 1),
        (2024, "2024", "disbursement", "Disbursement", 500_000.0, 1),
        (2025, "2025", "commitment", "Commitment", 14_220_000.0, 2),
        (2025, "2025", "pledge", "Pledge", 10_000_000.0, 1),
        (None, "Several years", "commitment", "Commitment", 500_000.0, 1),
        (None, "No date", "commitment", "Commitment", 2_000_000.0, 3),
        (None, "No date", "pledge", "Pledge", None, 1),
    )


def funding_by_category() -> pd.DataFrame:
    return frame(
        "category category_name committed_eur rows rows_without_rate",
        ("equipment", "Equipment and Starlink", 12_550_000.0, 2, 0),
        ("several_categories", "several categories", 450_000.0, 1, 0),
        ("training", "Training", 1_000_000.0, 1, 0),
        ("threat_detection", "Threat detection and response", None, 1, 1),
        ("not_stated", "Not stated", 3_170_000.0, 3, 0),
    )


def funding_over_time() -> pd.DataFrame:
    return frame(
        "date line amount_eur label rows note",
        (date(2023, 12, 20), "itemised", 500_000.0, "Estonia", 1, None),
        (date(2024, 12, 20), "reported", 200_000_000.0, "over EUR 200 million", 5, "over"),
        (date(2025, 7, 2), "itemised", 12_600_000.0, "Sweden", 1, None),
        (date(2025, 7, 11), "itemised", 14_720_000.0, "Norway", 1, None),
        (date(2025, 10, 31), "reported", 241_700_000.0, "EUR 241.7 million", 2, None),
        (date(2025, 12, 22), "reported", 241_700_000.0, "EUR 241.7 million", 2, None),
        (None, "itemised", 16_670_000.0, None, 3, None),
    )


def milestones() -> pd.DataFrame:
    return frame(
        "milestone_id date date_start precision title category conflict",
        ("M-01", "2023-05-30", date(2023, 5, 30), "day", "Founding meeting in Tallinn", "meeting", False),
        ("M-02", "2023-12-20", date(2023, 12, 20), "day", "Mechanism formalised and launched", "launch", True),
        ("M-03", "2023-12-23", date(2023, 12, 23), "day", "Launch date as given by ESTDEV", "launch", True),
        ("M-04", "2024", date(2024, 1, 1), "year", "Project selection groups set up", "governance", False),
        ("M-05", "2024-06", date(2024, 6, 1), "month", "Catalogue portal started", "governance", False),
        ("M-06", "2024-09-26", date(2024, 9, 26), "day", "Canada-France declaration", "statement", False),
        ("M-07", "2024-12-09", date(2024, 12, 9), "day", "Cyber Shield exercise in Kyiv", "exercise", False),
        ("M-08", "2024-12-20", date(2024, 12, 20), "day", "First anniversary statement", "statement", False),
        ("M-09", "2025", date(2025, 1, 1), "year", "Project office TMPO opened in Kyiv", "governance", False),
        ("M-10", "2025-07", date(2025, 7, 1), "month", "Sweden and France co-chair", "chair", False),
        ("M-11", "2025-07-02", date(2025, 7, 2), "day", "Sweden decides SEK 135 million", "contribution", False),
        ("M-12", "2025-07-11", date(2025, 7, 11), "day", "Norway sets aside NOK 25 million a year", "contribution", False),
        ("M-13", "2025-10-14", date(2025, 10, 14), "day", "Finland joins", "membership", False),
        ("M-14", "2025-10-30", date(2025, 10, 30), "day", "Eighth meeting, Paris", "meeting", False),
        ("M-15", "2025-10-30", date(2025, 10, 30), "day", "Netherlands announces EUR 10 million", "contribution", False),
        ("M-16", "2025-10-30", date(2025, 10, 30), "day", "Private-sector engagement platform presented", "governance", False),
        ("M-17", "2025-12-20", date(2025, 12, 20), "day", "Second anniversary", "statement", False),
        ("M-18", "2026-01-28", date(2026, 1, 28), "day", "Italian projects in Ternopil reported", "contribution", False),
    )


def project_status() -> pd.DataFrame:
    return frame(
        "status status_name projects in_mechanism related",
        ("1", "Pipeline/identification", 7, 7, 0),
        ("2", "Implementation", 11, 3, 7),
        ("3", "Finalisation", 0, 0, 0),
        ("4", "Closed", 1, 1, 0),
        ("5", "Cancelled", 0, 0, 0),
        ("6", "Suspended", 4, 0, 4),
        (None, "not stated", 6, 2, 4),
    )


def donor_over_time() -> pd.DataFrame:
    m, on = 1_000_000, date(2025, 7, 2)
    return frame(
        "donor_id donor stage stage_name date added_eur amount_eur rows release_date",
        ("EST", "Estonia", "pledge", "Pledge", date(2023, 5, 30), 2.0 * m, 2.0 * m, 1, on),
        ("EST", "Estonia", "commitment", "Commitment", date(2023, 12, 20), 0.5 * m, 0.5 * m, 1, on),
        ("EST", "Estonia", "commitment", "Commitment", date(2025, 1, 31), 0.4 * m, 0.9 * m, 2, on),
        ("EST", "Estonia", "commitment", "Commitment", None, 1.0 * m, 1.9 * m, 1, on),
        ("EST", "Estonia", "disbursement", "Disbursement", date(2024, 12, 20), 0.5 * m, 0.5 * m, 1, on),
    )


def donor_years() -> pd.DataFrame:
    m = 1_000_000
    return frame(
        "donor_id donor year stage stage_name amount_eur rows",
        ("EST", "Estonia", 2023, "commitment", "Commitment", 0.5 * m, 1),
        ("EST", "Estonia", 2024, "disbursement", "Disbursement", 0.5 * m, 1),
        ("EST", "Estonia", None, "commitment", "Commitment", 1.0 * m, 1),
        ("FIN", "Finland", None, None, None, None, 0),
        ("SWE", "Sweden", 2025, "commitment", "Commitment", 12.05 * m, 1),
    )


def donors_by_year() -> pd.DataFrame:
    m = 1_000_000
    return frame(
        "donor_id donor year committed_eur rows last_full_year",
        ("EST", "Estonia", 2023, 0.5 * m, 1, 2025),
        ("SWE", "Sweden", 2025, 12.05 * m, 1, 2025),
        ("EST", "Estonia", 2025, 2.0 * m, 2, 2025),
        ("EST", "Estonia", None, 1.0 * m, 1, 2025),
    )


def donor_categories() -> pd.DataFrame:
    m = 1_000_000
    return frame(
        "donor_id donor category category_name committed_eur projects",
        ("EST", "Estonia", "training", "Training", 1.0 * m, 2),
        ("EST", "Estonia", "coordination-office", "Coordination office", None, 1),
        ("EST", "Estonia", "not_stated", "not_stated", 0.5 * m, 0),
        ("SWE", "Sweden", "equipment", "Equipment", 12.05 * m, 1),
        ("SWE", "Sweden", "several_categories", "several categories", 0.9 * m, 0),
        ("SWE", "Sweden", "training", "Training", None, 1),
    )


def project_dates() -> pd.DataFrame:
    today = date(2026, 11, 26)
    return frame(
        "project_id kind date first_day last_day precision stated release_date",
        ("P-1", "planned_start", "2024-03", date(2024, 3, 1), date(2024, 3, 31), "month", True, today),
        ("P-1", "actual_start", "2024-06-12", date(2024, 6, 12), date(2024, 6, 12), "day", True, today),
        ("P-1", "planned_end", "2026-09-30", date(2026, 9, 30), date(2026, 9, 30), "day", True, today),
        ("P-1", "end", "2025", date(2025, 1, 1), date(2025, 12, 31), "year", False, today),
    )


def project_money() -> pd.DataFrame:
    m = 1_000_000
    columns = "project_id donor_id donor pledged_eur committed_eur disbursed_eur not_yet_disbursed_eur pledged_not_committed_eur"
    return frame(
        f"{columns} rows_on_file rows_counted rows_shared rows_without_amount",
        ("P-1", "EST", "Estonia", None, 1.2 * m, 0.5 * m, 0.7 * m, None, 4, 3, 1, 0),
        ("P-1", "SWE", "Sweden", 2.0 * m, None, None, None, 2.0 * m, 1, 1, 0, 1),
    )


def project_delivery() -> pd.DataFrame:
    return frame(
        "delivery delivery_name projects in_mechanism related",
        ("late", "Late", 4, 3, 1),
        ("out_of_step", "Payments out of step", 1, 1, 0),
        ("on_time", "No sign of delay", 9, 9, 0),
        ("unknown", "Cannot be said", 12, 5, 7),
        ("over", "Ended or given up", 3, 3, 0),
    )


def project_categories() -> pd.DataFrame:
    return frame(
        "category category_name projects in_mechanism related",
        ("equipment", "Starlink and other equipment", 7, 2, 4),
        ("threat_detection", "Threat detection", 6, 5, 1),
        ("coordination", "Coordination office", 3, 2, 1),
        ("policy", "Policy and governance", 3, 1, 2),
        ("centre", "Capacity building/centre of excellence", 1, 0, 1),
        (None, "not stated", 1, 0, 1),
    )


def project_partners() -> pd.DataFrame:
    return frame(
        "role name projects",
        ("implementer", "ESTDEV", 4),
        ("implementer", "e-Governance Academy", 3),
        ("implementer", "DAI Global", 3),
        ("implementer", "European Cybersecurity Competence Centre", 1),
        ("implementer", "Estonian Ministry of Justice and Digital Affairs", 1),
        ("beneficiary", "Ministry of Digital Transformation", 4),
        ("beneficiary", "State Border Guard Service", 2),
        ("sector", "Government", 16),
    )


def project_timeline() -> pd.DataFrame:
    columns = "project_id title status status_name start_text end_text start_date end_date start_precision end_precision undated open_end"
    days = {"2025": (date(2025, 1, 1), "year"), "2024-12-09": (date(2024, 12, 9), "day"), "2024-06": (date(2024, 6, 1), "month")}
    days |= {"2022": (date(2022, 1, 1), "year"), "2022-02": (date(2022, 2, 1), "month"), "2021-02-25": (date(2021, 2, 25), "day")}
    rows = [
        ("TM-020", "National Cybersecurity Cluster", "2", "Implementation", "2021-02-25", None),
        ("TM-013", "Polish Starlink terminals and subscriptions", "2", "Implementation", "2022", None),
        ("TM-012", "UK Ukraine Cyber Programme", "2", "Implementation", "2022-02", ("2026", date(2026, 12, 31), "year")),
        ("TM-011", "Cyber aid Catalogue portal", "2", "Implementation", "2024-06", None),
        (
            "TM-016",
            "Secure diplomatic communications of the Ukrainian MFA",
            "6",
            "Suspended",
            "2022-02",
            ("2025-Q1", date(2025, 3, 31), "quarter"),
        ),
        ("TM-002", "UA-EE Cyber Shield exercise 2024", "4", "Closed", "2024-12-09", ("2024-12-11", date(2024, 12, 11), "day")),
        ("TM-001", "Tallinn Mechanism Project Office (TMPO)", "2", "Implementation", "2025", None),
        ("TM-004", "Swedish cyber resilience package via ESTDEV", None, "not stated", "2025", None),
        ("TM-005", "Ternopil oblast network and server upgrade", "1", "Pipeline/identification", None, None),
        ("TM-009", "Cyber protection of the Chornobyl nuclear plant", "1", "Pipeline/identification", None, None),
    ]
    full = []
    for *first, start, end in rows:
        begun, precision = days.get(start, (None, None))
        text, ended, end_precision = end or (None, None, None)
        full.append((*first, start, text, begun, ended, precision, end_precision, begun is None, begun is not None and ended is None))
    return frame(columns, *full)


def attacks_by_year() -> pd.DataFrame:
    return frame(
        "year incidents days per_day change_on_year complete alternatives count_id",
        (2022, 2194, 365, 6.01, None, True, None, "S-036"),
        (2023, 2541, 365, 6.96, 0.158, True, "2543", "S-019"),
        (2024, 4315, 366, 11.79, 0.698, True, None, "S-011"),
        (2025, 5927, 365, 16.24, 0.374, True, None, "S-001"),
        (2026, 900, 59, 15.25, None, False, None, "S-099"),
    )


def incident_counts() -> pd.DataFrame:
    spans = [
        ("2021-02-24", "2021-04-14", 122),
        ("2022-01-01", "2022-12-31", 2194),
        ("2022-02-24", "2022-04-14", 362),
        ("2022-02-24", "2022-08-24", 1123),
        ("2022-02-24", None, 796),
        ("2023-01-01", "2023-02-28", 300),
        ("2023-01-01", "2023-03-31", 549),
        ("2023-01-01", "2023-12-31", 2543),
        ("2023-04-01", "2023-04-30", 151),
        ("2023-07-01", "2023-12-31", 1460),
        ("2024-01-01", "2024-01-31", 400),
        ("2024-01-01", "2024-06-30", 1739),
        ("2024-01-01", "2024-12-31", 4315),
        ("2025-01-01", "2025-12-31", 5927),
    ]
    rows = []
    for at, (start, end, n) in enumerate(spans):
        first, last = date.fromisoformat(start), date.fromisoformat(end) if end else None
        days = (last - first).days + 1 if last else None
        label = f"{start} to {end or 'not stated'}"
        rows.append((f"S-{at}", "processed", "total", "all", first, last, label, days, n, n / days if days else None, n == 2543))
    return frame("count_id series dimension value_name period_start period_end period_label days count per_day conflict", *rows)


def series_breaks() -> pd.DataFrame:
    return frame(
        "series date date_start what source_url",
        ("processed", "2025-11", date(2025, 11, 1), "Six criticality levels, Resolution 1533", "https://example.org"),
    )


def attack_breakdown() -> pd.DataFrame:
    return frame(
        "period period_start value_name count share_of_total",
        ("2023", date(2023, 1, 1), "government organisations", 347, 0.137),
        ("2025", date(2025, 1, 1), "local authorities", 2115, 0.357),
        ("2025", date(2025, 1, 1), "government organisations", 1170, 0.197),
        ("2025", date(2025, 1, 1), "security and defence", 1039, 0.175),
        ("2025", date(2025, 1, 1), "energy", 279, 0.047),
        ("2025", date(2025, 1, 1), "IT", None, None),
        ("2025", date(2025, 1, 1), "healthcare", 0, 0.0),
    ).assign(period_label=lambda rows: rows["period"])


def incidents() -> pd.DataFrame:
    return frame(
        "incident_id date date_start precision name target sector_name type_name",
        (
            "I-001",
            "2022",
            date(2022, 1, 1),
            "year",
            "DarkCrystal RAT phishing against telecoms",
            "Operators",
            "Telecommunications",
            "phishing",
        ),
        ("I-002", "2022-01-14", date(2022, 1, 14), "day", "Defacement of government websites", "70 sites", "Government", "defacement"),
        ("I-003", "2022-01-14", date(2022, 1, 14), "day", "WhisperGate", "State networks", "Government", "wiper"),
        ("I-005", "2022-02-23", date(2022, 2, 23), "day", "HermeticWiper", None, "Government; Finance", "wiper"),
        ("I-006", "2022-02-24", date(2022, 2, 24), "day", "Viasat KA-SAT", None, "Telecommunications", "wiper"),
        ("I-007", "2022-02-24", date(2022, 2, 24), "day", "IsaacWiper", None, "Government", "wiper"),
        ("I-010", "2022-03-14", date(2022, 3, 14), "day", "CaddyWiper", None, None, "wiper"),
        ("I-019", "2022-10-10", date(2022, 10, 10), "day", "Substation attack with power outage", None, "Energy", "ICS attack"),
        ("I-021", "2022-11", date(2022, 11, 1), "month", "RansomBoggs", None, None, "ransomware"),
        ("I-027", "2023-12-12", date(2023, 12, 12), "day", "Kyivstar", "Mobile operator", "Telecommunications", "destructive intrusion"),
        (
            "I-034",
            "2024-03",
            date(2024, 3, 1),
            "month",
            "Energy, water and heating suppliers",
            None,
            "Energy; Water",
            "supply-chain intrusion",
        ),
        (
            "I-037",
            "2024-12-19",
            date(2024, 12, 19),
            "day",
            "State registers of the Ministry of Justice",
            None,
            "Government",
            "destructive intrusion",
        ),
        ("I-043", "2025-H2", date(2025, 7, 1), "half-year", "Zimbra mail server espionage", None, "Government", "espionage"),
        (
            "I-045",
            "2026-03",
            date(2026, 3, 1),
            "month",
            "AgingFly campaign against hospitals",
            None,
            "Healthcare; Local authorities",
            "espionage",
        ),
    )


def incident_types() -> pd.DataFrame:
    return frame(
        "type type_name incidents",
        ("wiper", "wiper", 13),
        ("intrusion", "intrusion", 8),
        ("supply-chain intrusion", "supply-chain intrusion", 1),
        (None, "not stated", 1),
    )


def incident_sectors() -> pd.DataFrame:
    return frame(
        "sector sector_name incidents",
        ("Government", "Government", 17),
        ("Security and defence", "Security and defence", 1),
        (None, None, 3),
    )


def headline_bridge() -> pd.DataFrame:
    return frame(
        "step amount_eur rows",
        ("earlier", 16_670_000.0, None),
        ("added", 5_000_000.0, 2),
        ("withdrawn", -1_000_000.0, 1),
        ("reclassified", -400_000.0, 1),
        ("by_rate", -12_500.5, 3),
        ("later", 20_257_499.5, None),
    )


def needs() -> pd.DataFrame:
    return frame(
        "need_id need category category_name state state_name projects days_old",
        ("N-1", "Generators", "equipment", "Equipment", "open", "Open", 0, 720),
        ("N-2", "Firewalls", "equipment", "Equipment", "under_way", "Under way", 2, 300),
        ("N-3", "Trainers", "training", "Training", "delivered", "Delivered", 1, 400),
        ("N-4", "A law", None, None, "open", "Open", 0, None),
        ("N-5", "Sensors", "threat-detection", "Threat detection", "unclear", "Cannot be said", 1, 40),
    )


def category_coverage() -> pd.DataFrame:
    return frame(
        "category category_name needs needs_open donor_id donor projects capabilities",
        ("equipment", "Equipment", 2, 1, "EST", "Estonia", 2, 0),
        ("equipment", "Equipment", 2, 1, "SWE", "Sweden", 1, 1),
        ("training", "Training", 1, 0, "EST", "Estonia", 0, 1),
        ("cyber-diplomacy", "Cyber diplomacy", 1, 1, None, None, None, None),
    )


def incident_trend() -> pd.DataFrame:
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(34)]
    rows = [("month", day, 20 + n % 12 + (30 if n > 20 else 0), n == 33, 2) for n, day in enumerate(months)]
    return frame("unit period_start incidents incomplete not_placed", *rows)


def incident_years() -> pd.DataFrame:
    return incident_trend()


def incident_weekdays() -> pd.DataFrame:
    return frame("weekday incidents", *((number, 100 + 20 * (number == 2)) for number in range(1, 8)))


def incident_severities() -> pd.DataFrame:
    return frame(
        "year severity severity_name incidents",
        (2024, "critical", "critical", 3),
        (2024, "low", "low", 30),
        (2024, None, "not stated", 4),
        (2025, "critical", "critical", 9),
        (2025, "low", "low", 20),
    )


def incident_sector_types() -> pd.DataFrame:
    return frame(
        "sector sector_name type type_name incidents",
        ("Energy", "Energy", "wiper", "wiper", 4),
        ("Energy", "Energy", "phishing", "phishing", 9),
        (None, "not stated", "phishing", "phishing", 2),
    )


def flow() -> pd.DataFrame:
    return frame(
        "position source source_name source_stops target target_name target_stops amount_eur rows",
        (1, "Sweden", "Sweden", 1, "Sida", "Sida", 1, 12_000_000.0, 1),
        (1, "Italy", "Italy", 1, "not_stated", "Not stated", 1, 1_000_000.0, 2),
        (2, "Sida", "Sida", 1, "others", "Others together", 5, 12_000_000.0, 1),
        (2, "not_stated", "Not stated", 1, "several", "Several", 1, 1_000_000.0, 2),
        (3, "others", "Others together", 5, "equipment", "Equipment", 1, 12_000_000.0, 1),
        (3, "several", "Several", 1, "training", "Training", 1, 1_000_000.0, 2),
        (4, "equipment", "Equipment", 1, "Energy", "Energy", 1, 12_000_000.0, 1),
        (4, "training", "Training", 1, "not_stated", "Not stated", 1, 1_000_000.0, 2),
    )


def data_quality() -> pd.DataFrame:
    return frame(
        "donor_id donor dataset rule rule_name rows_good of_rows share_good",
        ("EST", "Estonia", "contributions", "amount", "Amount", 4, 4, 1.0),
        ("SWE", "Sweden", "contributions", "amount", "Amount", 1, 4, 0.25),
        ("SWE", "Sweden", "projects", "budget", "Budget", 0, 3, 0.0),
    )


def own_question() -> pd.DataFrame:
    m = 1_000_000
    return frame(
        "donor_id donor committed_eur all_rows",
        ("SWE", "Sweden", 12.10 * m, 3),
        ("EST", "Estonia", 1.5 * m, 3),
        (None, None, None, 3),
    )
