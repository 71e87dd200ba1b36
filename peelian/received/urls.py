"""Addresses of received documents: all of them in the back office."""

from django.urls import URLPattern

from peelian.received import review_views, views
from peelian.record.access import route

CHECKS = ("check", "record")
HERE = "office/documents/"
ONE = f"{HERE}<int:pk>/"

urlpatterns: list[URLPattern] = [
    route(HERE, views.documents, name="office-documents", needs=CHECKS),
    route(ONE, views.show_document, name="office-document", needs=CHECKS),
    route(
        f"{ONE}findings/<int:number>/",
        views.dismiss_finding,
        name="office-document-finding",
        needs=("acknowledge", "record"),
    ),
    *(
        route(
            f"{ONE}findings.{form}",
            views.download_report,
            name=f"office-document-{form}",
            needs=CHECKS,
            form=form,
        )
        for form in ("pdf", "html", "json", "md")
    ),
    route(
        f"{ONE}pages/<int:number>.png", views.page_png, name="office-document-page", needs=CHECKS
    ),
    route(
        f"{ONE}forget/",
        views.forget_document,
        name="office-document-forget",
        needs=("acknowledge", "record"),
    ),
    route(f"{ONE}load/", review_views.load_document, name="office-document-load", needs=CHECKS),
    route(
        f"{ONE}lines/<int:number>/",
        review_views.review_line,
        name="office-document-line",
        needs=CHECKS,
    ),
    route(
        f"{ONE}<slug:table>/", review_views.review_table, name="office-document-table", needs=CHECKS
    ),
]
