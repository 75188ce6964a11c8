"""Pages of notices."""

from django.urls import path

from notices.views import deliveries, inbox, ringing, wishes

app_name = "notices"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read-all"),
    path("bell/", ringing.bell, name="bell"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("wishes/contacts/", wishes.contacts, name="contacts"),
    path("wishes/kinds/", wishes.kinds, name="kinds"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("<int:notice_id>/", inbox.open_notice, name="open"),
    path("<int:notice_id>/read/", inbox.read, name="read"),
]
