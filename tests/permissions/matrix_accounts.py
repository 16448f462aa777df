"""Addresses of django-allauth: to sign in and to get back in is open, the rest is one's own.

Accounts are made by the administrator: nobody signs up, so the page that says so is the answer.
"""

from tests.permissions.table import Row

SIGNED_IN_ALREADY = "302"
OPEN = "200"


def own(url: str, answer: str = "200") -> Row:
    """A page about the account of whoever asks; there is no other person's."""
    return Row(url, inside=answer, outside=answer)


def door(url: str, *, stranger: str = OPEN, signed_in: str = OPEN) -> Row:
    return Row(url, inside=signed_in, outside=signed_in, stranger=stranger)


ROWS = [
    door("account_login", signed_in=SIGNED_IN_ALREADY),
    door("account_logout", stranger="sign-in"),
    door("account_signup", signed_in=SIGNED_IN_ALREADY),
    door("account_inactive"),
    door("account_reset_password"),
    door("account_reset_password_done"),
    Row(
        "account_reset_password_from_key",
        lambda world: ["0", "set-password"],
        inside=OPEN,
        outside=OPEN,
        stranger=OPEN,
    ),
    door("account_reset_password_from_key_done"),
    door("account_email_verification_sent"),
    door("account_confirm_login_code", stranger="sign-in", signed_in=SIGNED_IN_ALREADY),
    Row("account_confirm_email", lambda world: ["x"], inside=OPEN, outside=OPEN, stranger=OPEN),
    own("account_reauthenticate"),
    own("account_email", "302"),  # to the page of the account, which asks the password
    own("account_change_password"),
    own("account_set_password", "302"),  # has one: sent on to change it
    own("mfa_index"),
    door("mfa_authenticate", stranger="sign-in", signed_in=SIGNED_IN_ALREADY),
    own("mfa_reauthenticate", "302"),
    own("mfa_activate_totp", "302"),
    # Nobody here has a second factor yet, so there is nothing to look at or to end.
    own("mfa_deactivate_totp", "404"),
    own("mfa_view_recovery_codes", "404"),
    own("mfa_generate_recovery_codes", "302"),
    own("mfa_download_recovery_codes", "404"),
]
