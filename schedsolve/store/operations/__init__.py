"""Operations that only read, each a function from arguments to plain data, ready for JSON. Writing ones live with
what they write (`save_schedule`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from .captions import get_send_type_captions as get_send_type_captions
from .captions import get_top_captions as get_top_captions
from .catalog import get_audience_targets as get_audience_targets
from .catalog import get_channels as get_channels
from .catalog import get_send_type_details as get_send_type_details
from .catalog import get_send_types as get_send_types
from .creators import get_active_creators as get_active_creators
from .creators import get_best_timing as get_best_timing
from .creators import get_creator_profile as get_creator_profile
from .creators import get_persona_profile as get_persona_profile
from .diagnostics import execute_query as execute_query
from .figures import get_performance_trends as get_performance_trends
from .figures import get_volume_assignment as get_volume_assignment
from .figures import get_volume_config as get_volume_config
from .stock import get_content_type_rankings as get_content_type_rankings
from .stock import get_vault_availability as get_vault_availability

READING: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        operation.__name__: operation
        for operation in (
            get_creator_profile,
            get_active_creators,
            get_persona_profile,
            get_performance_trends,
            get_content_type_rankings,
            get_best_timing,
            get_top_captions,
            get_send_type_captions,
            get_vault_availability,
            get_send_types,
            get_send_type_details,
            get_volume_config,
            get_audience_targets,
            get_channels,
            execute_query,
            get_volume_assignment,
        )
    }
)
"""Every operation that only reads, by name; the first argument of each is the store."""
