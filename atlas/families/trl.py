"""TRL: the loss of its trainer of preferences, of given log-probabilities.

The trainer is made as a reader makes one, around a model of a few numbers; what the
model says of the answers is then replaced by what is given. It takes a mean over pairs.
"""

from __future__ import annotations

from tempfile import gettempdir
from types import SimpleNamespace
from typing import Any

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import DPOConfig, DPOTrainer

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import tensor, told_of

PINS = [
    "trl==1.16.0",
    "transformers==5.24.0",
    "accelerate==1.15.0",
    "datasets==5.2.0",
    "torch==2.13.0",
    "numpy==2.4.6",
]
LIBRARIES: dict[str, dict[str, str]] = {"TRL": {}}
WORDS = {"<pad>": 0, "<eos>": 1, "question": 2, "yes": 3, "no": 4}


def _model() -> LlamaForCausalLM:
    sizes = dict.fromkeys(("hidden_size", "intermediate_size"), 4)
    layers = dict.fromkeys(("num_hidden_layers", "num_attention_heads"), 1)
    return LlamaForCausalLM(LlamaConfig(vocab_size=len(WORDS), **sizes, **layers))


def _trainer(**options: Any) -> DPOTrainer:
    """Return a trainer that runs here, and writes nothing."""
    words = Tokenizer(WordLevel(WORDS, unk_token="<pad>"))
    tokens = {"pad_token": "<pad>", "eos_token": "<eos>"}
    row = {"prompt": "question", "chosen": "yes", "rejected": "no"}
    quiet: dict[str, Any] = {"report_to": [], "use_cpu": True, "bf16": False}
    return DPOTrainer(
        _model(),
        ref_model=_model(),
        args=DPOConfig(gettempdir(), disable_tqdm=True, **quiet, **options),
        train_dataset=Dataset.from_list([row]),
        processing_class=PreTrainedTokenizerFast(tokenizer_object=words, **tokens),
    )


def _said(logps: torch.Tensor) -> SimpleNamespace:
    """Return what a model says of the tokens of answers."""
    numbers = dict.fromkeys(("log_probs", "entropy", "mean_logits"), logps)
    return SimpleNamespace(**numbers, is_top1=logps > 0)


def _loss(
    chosen: Array,
    rejected: Array,
    reference_chosen: Array,
    reference_rejected: Array,
    **options: Any,
) -> Told:
    trainer = _trainer(**options)
    trainer.precompute_ref_logps = True
    given = tensor(chosen)
    logps = torch.cat([given, torch.tensor(rejected)])
    logps = logps if logps.ndim == 2 else logps[:, None]  # an answer of one token
    said, (count, length) = _said(logps), logps.shape
    inputs = {
        "input_ids": torch.full((count, 1 + length), 3),  # behind one of a question
        "attention_mask": torch.ones(count, 1 + length, dtype=torch.int64),
        "completion_mask": torch.tensor([[0] + [1] * length] * count),
        "ref_chosen_logps": torch.tensor(reference_chosen),
        "ref_rejected_logps": torch.tensor(reference_rejected),
    }
    loss = trainer._compute_loss(lambda **_: said, inputs, return_outputs=False)
    return told_of(loss, given)


@form("DPOTrainer(model, args=DPOConfig(loss_type=[kind], beta=β))._compute_loss(…)")
def preference(
    chosen: Array,
    rejected: Array,
    reference_chosen: Array,
    reference_rejected: Array,
    scale: float,
    kind: str,
    smoothing: float = 0.0,
) -> Told:
    return _loss(
        chosen,
        rejected,
        reference_chosen,
        reference_rejected,
        beta=scale,
        loss_type=[kind],
        label_smoothing=smoothing,
    )


@form("DPOTrainer(model, args=DPOConfig())._compute_loss(…)")
def preference_by_default(
    chosen: Array, rejected: Array, reference_chosen: Array, reference_rejected: Array
) -> Told:
    return _loss(chosen, rejected, reference_chosen, reference_rejected)
