# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel on a phone in the box's Wi-Fi, by a browser that only knows forms and cookies."""

from urllib.parse import urljoin

from tests.image.box import ADMIN
from tests.image.form import Form, forms
from tests.image.station import Answer, Station

_JAR = "/tmp/cookies"
_REDIRECTS = {301, 302, 303, 307}


class PhonePanel:
    """Keeps its cookies between two pages. Every address is a path of the panel."""

    def __init__(self, phone: Station) -> None:
        self._phone = phone

    def sign_in(self, name: str, password: str) -> None:
        """Begin a session."""
        self.submit("/sign-in", "", name=name, password=password)

    def enter(self, name: str, password: str, network: str) -> None:
        """Be signed in; where nobody has been through the wizard yet, go through it first."""
        leads_to = self._fetch("/sign-in").location
        if "/setup" in leads_to:
            self.submit("/setup/language", "", language="en")
            self.submit("/setup/school", "", school_name="Мактаби №5")
            again = {"password": password, "again": password}
            self.submit("/setup/account", "", display_name="Зебо Раҳимова", name=name, **again)
            self.submit("/setup/time", "")
            self.submit("/setup/hotspot", "", hotspot_name=network)
        elif not leads_to:  # or else this phone is signed in
            self.sign_in(name, password)

    def open(self, path: str) -> Answer:
        """A page, with what it leads to."""
        answer = self._fetch(path)
        while answer.status in _REDIRECTS:
            answer = self._fetch(answer.location)
        return answer

    def submit(self, path: str, action: str, **fields: str) -> Answer:
        """Fill in the form of a page that goes to ``action``, and send it."""
        page = self.open(path)
        assert page.status == 200, page
        return self.send(path, self.form_to(page.body, action), **fields)

    def send(self, path: str, form: Form, **fields: str) -> Answer:
        """Send a form that was found on the page at ``path``."""
        assert set(fields) <= set(form.fields), (fields, form.fields)
        data = [
            argument
            for name, value in (form.fields | fields).items()
            for argument in ("--data-urlencode", f"{name}={value}")
        ]
        # Browsers send it, and the panel insists on it.
        origin = ("-H", f"Origin: https://{ADMIN}", "-H", f"Referer: https://{ADMIN}{path}")
        answer = self._fetch(form.action or path, *data, *origin)
        if answer.status in _REDIRECTS:
            return self.open(answer.location)
        return answer

    def _fetch(self, path: str, *arguments: str) -> Answer:
        url = urljoin(f"https://{ADMIN}/", path)
        return self._phone.get(url, "-b", _JAR, "-c", _JAR, *arguments, insecure=True)

    def keep(self) -> None:
        """Keep the change of the network that waits; the phone must be in the changed one."""
        page = self.open("/hotspot/waiting")
        self.send("/hotspot/waiting", self.form_to(page.body, "/hotspot/keep"))

    @staticmethod
    def form_to(page: str, action: str) -> Form:
        """The form of a page that goes to ``action``."""
        found = [form for form in forms(page) if form.action == action]
        assert found, f"no form to {action!r}: {page}"
        return found[0]

    @staticmethod
    def form_with(page: str, field: str) -> Form:
        """The form of a page that has a field of this name."""
        found = [form for form in forms(page) if field in form.fields]
        assert found, f"no form with {field!r}: {page}"
        return found[0]
