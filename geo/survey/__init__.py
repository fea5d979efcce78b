"""Answers to a survey: their levels, and what of them may be shown (disclosure control).

Begin with show() in `maturity`, the only way from answers to figures. It asks `disclosure_control` which
figures may be shown at once, and `inference` what could be worked out from them and from earlier ones.
"""
