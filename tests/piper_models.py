"""Models for piper that the tests build: of the inputs and the output of real ones, and small."""

import json
from pathlib import Path

from onnx import ModelProto, NodeProto, TensorProto, checker, helper, save

RATE = 22_050
FRAMES_PER_PHONEME = 800
"""At a length scale of 1, for each id: piper puts one of padding after every phoneme."""
WAVERING = 0.02
"""By so much, times the third scale, a text may last longer one time than another."""
PHONEMES = "_^$ !',-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔəɚɛɜɡɪɫɬɹɾʃʊʌʍʒʔʲˈˌː̩̃θᵻɹ"  # noqa: RUF001 - IPA
"""What the voice of eSpeak NG for en-us says, more or less."""


def write_model(
    folder: Path, name: str = "en_US-hum-low", *, level: float = 0.25, speakers: int = 1, **changes: object
) -> Path:
    """Write a model that hums, and its description, and return the path of the model.

    It hums at a pitch that tells the mean of the ids and the speaker, for as long as the number of ids, the
    length scale and chance say.

    Args:
        folder: made where it is missing.
        name: without the suffix.
        level: the peak of what is heard.
        speakers: with more than one, the model takes a fourth input.
        changes: of the description; None removes a key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    save(_model(level, speakers), path)
    described = {
        "audio": {"sample_rate": RATE, "quality": "low"},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US", "family": "en", "region": "US"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {phoneme: [number] for number, phoneme in enumerate(dict.fromkeys(PHONEMES))},
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker {number}": number for number in range(speakers)} if speakers > 1 else {},
    } | changes
    kept = {key: value for key, value in described.items() if value is not None}
    path.with_name(f"{name}.onnx.json").write_text(json.dumps(kept), encoding="utf-8")
    return path


def _model(level: float, speakers: int) -> ModelProto:
    """Return the model; the names of inputs and output, their types and shapes are those of piper's."""
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, ["batch"]))
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", "time", "one", "frames"])
    constants = [
        _constant("zero", TensorProto.INT64, [], [0]),
        _constant("step", TensorProto.INT64, [], [1]),
        _constant("first", TensorProto.INT64, [1], [0]),
        _constant("second", TensorProto.INT64, [1], [1]),
        _constant("third", TensorProto.INT64, [1], [2]),
        _constant("shape", TensorProto.INT64, [4], [1, 1, 1, -1]),
        _constant("scalar", TensorProto.INT64, [0], []),
        _constant("unit", TensorProto.FLOAT, [], [1.0]),
        _constant("per_phoneme", TensorProto.FLOAT, [], [float(FRAMES_PER_PHONEME)]),
        _constant("lowest", TensorProto.FLOAT, [], [2 * 3.14159265 * 150 / RATE]),
        _constant("per_id", TensorProto.FLOAT, [], [2 * 3.14159265 / RATE]),
        _constant("level", TensorProto.FLOAT, [], [level]),
    ]
    nodes = [
        # frames = ids * 800 * length scale * (1 + noise * chance)
        helper.make_node("Cast", ["input_lengths"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "second"], ["length_scale"]),
        helper.make_node("Gather", ["scales", "third"], ["noise"]),
        helper.make_node("RandomUniform", [], ["chance"], shape=[1], high=WAVERING, low=0.0),
        helper.make_node("Mul", ["noise", "chance"], ["wavering"]),
        helper.make_node("Add", ["wavering", "unit"], ["longer"]),
        helper.make_node("Mul", ["ids", "per_phoneme"], ["usual"]),
        helper.make_node("Mul", ["usual", "length_scale"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "longer"], ["real"]),
        helper.make_node("Cast", ["real"], ["whole"], to=TensorProto.INT64),
        helper.make_node("Reshape", ["whole", "scalar"], ["frames"]),
        # output = level * sin(frame * (150 Hz + 1 Hz * (mean id + speaker)))
        helper.make_node("Range", ["zero", "frames", "step"], ["places"]),
        helper.make_node("Cast", ["places"], ["times"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["input"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["numbers"], ["mean"], keepdims=0),
        *_with_speaker(speakers),
        helper.make_node("Mul", ["voiced", "per_id"], ["higher"]),
        helper.make_node("Add", ["higher", "lowest"], ["pitch"]),
        helper.make_node("Mul", ["times", "pitch"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["wave"]),
        helper.make_node("Mul", ["wave", "level"], ["hum"]),
        helper.make_node("Reshape", ["hum", "shape"], ["output"]),
    ]
    graph = helper.make_graph(nodes, "hum", inputs, [output], constants)
    # What every onnxruntime reads that piper may bring along.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    checker.check_model(model)
    return model


def _with_speaker(speakers: int) -> list[NodeProto]:
    if speakers == 1:
        return [helper.make_node("Identity", ["mean"], ["voiced"])]
    return [
        helper.make_node("Cast", ["sid"], ["speaker"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["mean", "speaker"], ["voiced"]),
    ]


def _constant(name: str, kind: int, shape: list[int], values: list[float]) -> TensorProto:
    return helper.make_tensor(name, kind, shape, values)
