"""Labels of crossings, where a chart has room for them."""

from PySide6.QtCore import QPointF, QRectF

from mlflow_cost_desktop.exports.report.chart_labels import first_free, places_beside

AREA = QRectF(50.0, 20.0, 300.0, 200.0)


def test_a_label_between_the_edge_and_the_marker_is_moved_into_the_chart() -> None:
    """Where it would reach over the axis when centered, and over the marker when beside."""
    ring, marker = QPointF(85.0, 120.0), QRectF(150.0, 20.0, 2.0, 200.0)
    ring_box = QRectF(79.0, 114.0, 12.0, 12.0)
    place = first_free(places_beside(ring, 90.0, AREA), AREA, [marker, ring_box])
    assert place is not None
    assert (place.left(), place.width()) == (AREA.left(), 90.0)
