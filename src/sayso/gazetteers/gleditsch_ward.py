"""Country numbers of Gleditsch and Ward, as UCDP's files use them, with the ISO 3166 code that sayso reports."""

_NUMBERS = """
2 US 20 CA 31 BS 40 CU 41 HT 42 DO 51 JM 52 TT 53 BB 70 MX 80 BZ 90 GT 91 HN 92 SV 93 NI 94 CR 95 PA 100 CO 101 VE 110 GY 115 SR 130 EC 135 PE 140 BR
145 BO 150 PY 155 CL 160 AR 165 UY 200 GB 205 IE 210 NL 211 BE 212 LU 220 FR 225 CH 230 ES 235 PT 255 DE 260 DE 265 DE 290 PL 305 AT 310 HU 315 CZ 316 CZ
317 SK 325 IT 338 MT 339 AL 340 RS 341 ME 343 MK 344 HR 345 RS 346 BA 347 XK 349 SI 350 GR 352 CY 355 BG 359 MD 360 RO 365 RU 366 EE 367 LV 368 LT 369 UA
370 BY 371 AM 372 GE 373 AZ 375 FI 380 SE 385 NO 390 DK 395 IS 402 CV 404 GW 411 GQ 420 GM 432 ML 433 SN 434 BJ 435 MR 436 NE 437 CI 438 GN 439 BF 450 LR
451 SL 452 GH 461 TG 471 CM 475 NG 481 GA 482 CF 483 TD 484 CG 490 CD 500 UG 501 KE 510 TZ 516 BI 517 RW 520 SO 522 DJ 530 ET 531 ER 540 AO 541 MZ 551 ZM
552 ZW 553 MW 560 ZA 565 NA 570 LS 571 BW 572 SZ 580 MG 581 KM 590 MU 600 MA 615 DZ 616 TN 620 LY 625 SD 626 SS 630 IR 640 TR 645 IQ 651 EG 652 SY 660 LB
663 JO 666 IL 670 SA 678 YE 680 YE 690 KW 692 BH 694 QA 696 AE 698 OM 700 AF 701 TM 702 TJ 703 KG 704 UZ 705 KZ 710 CN 712 MN 713 TW 731 KP 732 KR 740 JP
750 IN 760 BT 770 PK 771 BD 775 MM 780 LK 781 MV 790 NP 800 TH 811 KH 812 LA 816 VN 817 VN 820 MY 830 SG 835 BN 840 PH 850 ID 860 TL 900 AU 910 PG 920 NZ
935 VU 940 SB 950 FJ
"""


def iso_of(number: str) -> str | None:
    """The ISO code of a number written as in the files ("652", "652.0"); None where it is empty or not a country of today."""
    return _CODES.get(number.partition(".")[0].strip())


def number_of(code: str | None) -> str:
    """The number that UCDP gives the country of an ISO code today; empty where there is none."""
    return _LATEST.get(code or "", "")


def _table() -> dict[str, str]:
    words = _NUMBERS.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_CODES = _table()
# Of several numbers of one country the last one stands, but for those whose older number UCDP keeps: Germany, Serbia, Yemen, Vietnam.
_LATEST = {code: number for number, code in _CODES.items()} | {"DE": "260", "RS": "345", "YE": "678", "VN": "816"}
