"""Pages of development petitions: the desk, a case, the company's own pages, plan templates, the register."""

from django.urls import path

from developments.views import case, company, deeds, desk, files, opening, register, templates

app_name = "developments"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("export/", desk.export, name="export"),
    path("cases/<uuid:case_id>/open/", opening.open_plan, name="open"),
    path("company/", company.home, name="home"),
    path("company/new/", company.choose, name="choose"),
    path("company/new/<slug:code>/", company.file, name="file-company"),
    path("company/<uuid:development_id>/", company.own, name="own"),
    path("plans/", templates.templates, name="templates"),
    path("plans/new/", templates.edit, name="template-new"),
    path("plans/<slug:code>/", templates.template, name="template"),
    path("plans/<slug:code>/edit/", templates.edit, name="template-edit"),
    path("companies/", register.companies, name="companies"),
    path("companies/new/", register.enter, name="register"),
    path("companies/<int:enterprise_id>/green/", register.standing, name="green"),
    path("<uuid:development_id>/", case.case, name="case"),
    path("<uuid:development_id>/steps/<uuid:step_id>/<slug:name>/", deeds.step, name="step"),
    path("<uuid:development_id>/papers/<uuid:paper_id>/file/", files.file, name="file"),
    path("<uuid:development_id>/papers/<uuid:paper_id>/<slug:name>/", deeds.paper, name="paper"),
    path("<uuid:development_id>/<slug:name>/", deeds.deed, name="deed"),
]
