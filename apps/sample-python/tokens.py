"""Access tokens for Azure Resource Manager, by a client secret or as a managed identity, kept until they expire."""

import os
import time
import urllib.parse

from azureml_http import MANAGEMENT, AzureError, send

_AUTHORITY = "https://login.microsoftonline.com"
# A token that ends in the middle of a call is of no use.
_MARGIN_SECONDS = 300


class CachingTokens:
    """Asks for a token, and gives it out until five minutes before it expires."""

    def __init__(self, ask, now=time.time):
        self._ask, self._now = ask, now
        self._token, self._expires = None, 0

    def get(self):
        """The token, as text."""
        if self._token is None or self._now() >= self._expires - _MARGIN_SECONDS:
            reply = self._ask()
            self._expires = expiry_of(reply, self._now())
            self._token = reply["access_token"]
        return self._token


def expiry_of(reply, now):
    """Seconds since the epoch: expires_on names the instant, expires_in the seconds that are left. Both may be text."""
    try:
        if not isinstance(reply["access_token"], str):
            raise ValueError
        return int(reply["expires_on"]) if "expires_on" in reply else now + int(reply["expires_in"])
    except (KeyError, TypeError, ValueError):
        raise AzureError(200, "the answer is no token response") from None


def by_client_secret():
    """Asks Microsoft Entra ID, for the application of AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET."""
    tenant = urllib.parse.quote(os.environ["AZURE_TENANT_ID"], safe="")
    form = {
        "grant_type": "client_credentials",
        "client_id": os.environ["AZURE_CLIENT_ID"],
        "client_secret": os.environ["AZURE_CLIENT_SECRET"],
        "scope": f"{MANAGEMENT}/.default",
    }
    return send(f"{_AUTHORITY}/{tenant}/oauth2/v2.0/token", form=form)


def by_managed_identity():
    """Asks the endpoint that App Service, and "aml-auth exec", name in IDENTITY_ENDPOINT and IDENTITY_HEADER."""
    query = urllib.parse.urlencode({"api-version": "2019-08-01", "resource": MANAGEMENT})
    headers = {"X-IDENTITY-HEADER": os.environ["IDENTITY_HEADER"]}
    return send(f"{os.environ['IDENTITY_ENDPOINT']}?{query}", headers)
