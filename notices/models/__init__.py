from notices.models.brakes import ChannelToken, LadderStep, Minute, SwitchedOff
from notices.models.notices import Notice

__all__ = ["ChannelToken", "LadderStep", "Minute", "Notice", "SwitchedOff"]
