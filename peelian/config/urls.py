"""Every address there is: each area's own, the generic ones of each kind, the website's."""

from peelian.website.urls import urlpatterns

__all__ = ["urlpatterns"]
