"""Pages of the frame, and those that show more than one app."""

from django.urls import path
from django.views.i18n import set_language

from governance.web import account, appearance, signin, style, workbench

app_name = "governance"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("sign-in/", signin.SignIn.as_view(), name="login"),
    path("sign-out/", signin.SignOut.as_view(), name="logout"),
    path("account/", account.account, name="account"),
    path("appearance/", appearance.choose, name="appearance"),
    path("language/", set_language, name="language"),
    path("style/", style.style, name="style"),
]
