"""A judged run for people and programs: one page of HTML, JSON, JUnit XML, and the figures of earlier runs."""

from evals.reporting.as_json import summary_json
from evals.reporting.finding import Finding, verdict_of
from evals.reporting.junit import junit_xml
from evals.reporting.render import render_html
from evals.reporting.trend import TrendPoint, read_trend

__all__ = ["Finding", "TrendPoint", "junit_xml", "read_trend", "render_html", "summary_json", "verdict_of"]
