"""Where a request comes from."""

from allauth.account.adapter import get_adapter


def client_address(request):
    """Return the address the request came from, behind as many proxies as the settings trust.

    Only the last `TRUSTED_PROXY_COUNT` entries of X-Forwarded-For count; a visitor writes the rest.
    """
    return get_adapter(request).get_client_ip(request)
