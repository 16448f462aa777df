"""The ways to reach a person. Another one is a class with the form of `channel.Channel`, named here."""

from collections.abc import Mapping
from typing import Final

from notices.channels.channel import Channel
from notices.channels.email import Email
from notices.channels.in_app import InApp
from notices.channels.sms import Sms
from notices.channels.zalo import Zalo
from notices.states import ChannelName

CHANNELS: Final[Mapping[str, type[Channel]]] = {
    ChannelName.IN_APP: InApp,
    ChannelName.EMAIL: Email,
    ChannelName.SMS: Sms,
    ChannelName.ZALO: Zalo,
}


def open_channel(name: str) -> Channel:
    return CHANNELS[name]()
