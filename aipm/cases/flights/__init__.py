"""Forecast late arrivals from New York's flights: the models that chapters 14 and 15 watch."""

from aipm.cases.flights.judging import euros, gap_by_part, level_corrected
from aipm.cases.flights.models import auc_on_days_held_out, delay_model, forecast_year
from aipm.cases.flights.tables import (
    PARTS,
    TIMETABLE,
    WEATHER,
    arrivals,
    with_yesterdays_weather,
)

__all__ = [
    "PARTS",
    "TIMETABLE",
    "WEATHER",
    "arrivals",
    "auc_on_days_held_out",
    "delay_model",
    "euros",
    "forecast_year",
    "gap_by_part",
    "level_corrected",
    "with_yesterdays_weather",
]
