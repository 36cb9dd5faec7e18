"""Requests to Azure with the standard library: time limits, no redirects, and errors that say what to do."""

import json
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request

API_VERSION = "2024-10-01"
MANAGEMENT = "https://management.azure.com"
_TIMEOUT_SECONDS = 30


class AzureError(Exception):
    """A refusal, with the status that came and what the service said. Never holds a secret."""

    def __init__(self, status, message):
        super().__init__(f"status {status}: {message}")
        self.status = status


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        # A token or secret goes to the host that it is meant for, and to no other.
        return None


def send(url, headers=None, form=None):
    """The JSON object that comes back. Raises AzureError for every other answer."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data=data, headers=headers or {})
    tls = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    try:
        with urllib.request.build_opener(_NoRedirect, tls).open(request, timeout=_TIMEOUT_SECONDS) as reply:
            return read_object(reply.status, reply.read().decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            text = refusal.read().decode(errors="replace")
        raise AzureError(refusal.code, error_in(text)) from None
    except urllib.error.URLError as failure:
        raise AzureError(0, f"{urllib.parse.urlsplit(url).hostname} cannot be reached: {failure.reason}") from None


def read_object(status, text):
    """The JSON object in an answer. Raises AzureError where it is something else."""
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise AzureError(status, "the answer is no JSON object: " + text[:80])
    return body


def error_in(text):
    """What the body of a refusal says: that of Resource Manager, that of Microsoft Entra ID, or its beginning."""
    try:
        body = json.loads(text)
    except ValueError:
        return text[:200]
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, dict):
        return f"{error.get('code')}: {error.get('message')}"
    return f"{error}: {body.get('error_description')}" if error else text[:200]


def workspace(token):
    """The workspace that AZUREML_ARM_SUBSCRIPTION, _RESOURCEGROUP and _WORKSPACE_NAME name."""
    names = [os.environ["AZUREML_ARM_" + part] for part in ("SUBSCRIPTION", "RESOURCEGROUP", "WORKSPACE_NAME")]
    subscription, group, name = (urllib.parse.quote(part, safe="") for part in names)
    path = f"/subscriptions/{subscription}/resourceGroups/{group}"
    path += f"/providers/Microsoft.MachineLearningServices/workspaces/{name}"
    return send(f"{MANAGEMENT}{path}?api-version={API_VERSION}", {"Authorization": f"Bearer {token}"})
