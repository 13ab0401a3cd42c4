"""Texts for the demo library: how captions of each type begin and end."""

from __future__ import annotations

from collections.abc import Mapping

OPENINGS: Mapping[str, tuple[str, ...]] = {
    "ppv_offer": ("New set is up tonight", "I finished something for you", "Unlock this before I change my mind"),
    "teaser": ("A first glimpse", "You only see half of it here", "Guess what is under this one"),
    "bundle_offer": ("Everything from this month in one bundle", "Three sets for the price of one", "My favourites"),
    "urgency": ("Only until midnight", "The clock is running", "Last chance for this one"),
    "tip_goal_promo": ("We are so close to the goal", "Help me get there tonight", "Half way already"),
    "game_invite": ("Spin the wheel with me", "Pick a number", "First one to guess it wins"),
    "vip_promo": ("The inner circle has a free seat", "You belong with my best fans", "VIP doors are open"),
    "exclusive": ("Nobody else has seen this", "Just for a handful of you", "This stays between us"),
    "flirty": ("Thinking of you", "Guess what I am wearing", "Come a little closer"),
    "casual": ("Coffee first", "Lazy day over here", "Just got home"),
    "playful": ("Truth or dare", "Bet you cannot resist", "I have a silly question"),
    "story": ("You will not believe my morning", "It began with a wrong door", "Let me tell you about last night"),
    "personal": ("Something about me that few know", "I have been thinking", "Honest answer, please"),
    "renewal": ("Your subscription ends soon", "Stay for what comes next", "Do not leave me now"),
    "appreciation": ("You make this worth it", "Thank you for staying", "A small thank-you"),
    "winback": ("A lot has happened since you left", "Your place is still free", "Come back and see"),
    "miss_you": ("It is quiet without you", "I looked for your name", "Miss me yet"),
    "ppv_followup": ("Did you see what I sent", "Still waiting for you in your inbox", "You have not opened it"),
    "close_sale": ("It is nearly gone", "I kept it for you", "One more hour at that price"),
}
"""Three ways to begin, by caption type."""

MIDDLES = (
    "and it is all about {subject}",
    "and I went for {subject} this time",
    "with more {subject} than ever",
    "and yes, {subject} again",
    "since you asked for {subject}",
    "for the {subject} lovers",
    "because {subject} suits me",
)
PLAIN_MIDDLES = (
    "and I mean it",
    "and I am smiling",
    "like every week",
    "and it made my day",
    "so be nice to me",
    "you know me",
    "no excuses",
)
ENDINGS = ("tell me what you think", "do not keep me waiting", "see you there", "your turn", "promise", "just for you")
MARKS = (".", "!", " ;)", " <3", " ...")
