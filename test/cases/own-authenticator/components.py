import hashlib
import hmac
from dataclasses import InitVar, dataclass
from typing import Any, Mapping

from airbyte_cdk.sources.declarative.auth.declarative_authenticator import DeclarativeAuthenticator
from airbyte_cdk.sources.declarative.interpolation import InterpolatedString


@dataclass
class SignedAuthenticator(DeclarativeAuthenticator):
    config: Mapping[str, Any]
    parameters: InitVar[Mapping[str, Any]]
    key: str
    secret: str

    def __post_init__(self, parameters):
        self._key = InterpolatedString.create(self.key, parameters=parameters or {})
        self._secret = InterpolatedString.create(self.secret, parameters=parameters or {})

    def __call__(self, request):
        signed = hmac.new(self._secret.eval(self.config).encode(), request.path_url.encode(), hashlib.sha256)
        request.headers["X-Key"] = self._key.eval(self.config)
        request.headers["X-Signature"] = signed.hexdigest()
        return request
