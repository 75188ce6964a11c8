"""Foreign keys point down, and a lower app cannot look up along them."""

from django.apps import apps

from tests.architecture.sources import APPS


def test_keys_point_to_lower_apps():
    upward = [
        f"{_name(field)} -> {field.related_model._meta.label}" for field in _keys_across_apps() if not _down(field)
    ]
    assert not upward, "\n".join(upward)


def test_keys_between_apps_cannot_be_followed_backwards():
    visible = [_name(field) for field in _keys_across_apps() if not field.remote_field.hidden]
    assert not visible, "\n".join(visible)


def _keys_across_apps():
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
                target = field.related_model
                if target is not None and target._meta.app_label in set(APPS) - {model._meta.app_label}:
                    yield field


def _down(field):
    return APPS.index(field.related_model._meta.app_label) < APPS.index(field.model._meta.app_label)


def _name(field):
    return f"{field.model._meta.label}.{field.name}"
