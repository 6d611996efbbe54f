"""What the schedulers of published models say of themselves. Needs no torch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

COGVIDEOX: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "beta_schedule": "scaled_linear",
        "beta_start": 0.00085,
        "beta_end": 0.012,
        "clip_sample": False,
        "num_train_timesteps": 1000,
        "prediction_type": "v_prediction",
        "rescale_betas_zero_snr": True,
        "set_alpha_to_one": True,
        "snr_shift_scale": 1.0,
        "timestep_spacing": "trailing",
    }
)
"""As the 5B was published."""

LTX: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "use_dynamic_shifting": True,
        "base_shift": 0.95,
        "max_shift": 2.05,
        "base_image_seq_len": 1024,
        "max_image_seq_len": 4096,
        "shift_terminal": 0.1,
    }
)
"""As 0.9 and 0.9.1 were published."""

WAN: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "prediction_type": "flow_prediction",
        "use_flow_sigmas": True,
        "flow_shift": 3.0,
        "solver_order": 2,
        "solver_type": "bh2",
        "final_sigmas_type": "zero",
    }
)
"""As it was published for 480 lines."""
