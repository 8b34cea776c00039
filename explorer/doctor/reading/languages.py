"""What people call loss, accuracy and the like in other languages, put into English before a text is read.

To know another word: an entry in WIDE for scripts without spaces, in SPACED for others.
"""

from __future__ import annotations

import re

HEAD = 8_000
"""So many characters show which words a text has."""

WIDE: dict[str, str] = {
    "from": "从(?=\\s?\\d)",
    "to": "(?:下降|上升|降|升|跳)?到(?=\\s?\\d)",
    "training loss": "训练损失|训练loss|訓練損失",
    "validation loss": "验证损失|验证loss|驗證損失",
    "training": "训练集|训练|訓練|学習中|학습 중",
    "validation": "验证集|验证|驗證|検証|검증",
    "test": "测试集|测试|測試",
    "cross entropy": "交叉熵|交差エントロピー",
    "loss function": "损失函数|損失関数",
    "loss": "损失值|损失|損失|ロス|손실",
    "accuracy": "准确率|準確率|正确率|精度|正解率|정확도",
    "learning rate": "学习率|學習率|学習率|학습률",
    "batch size": "批次大小|批量大小|批大小|バッチサイズ|배치 크기",
    "gradient accumulation": "梯度累积|梯度累加",
    "gradient": "梯度|勾配|기울기",
    "binary classification": "二分类|二分類|二値分類|이진 분류",
    "classes": "个类别|個類別|类别|類別|分类|分類|个类|(?<=\\d)类|クラス|클래스",
    "labels": "标签|標籤|ラベル|라벨",
    "does not decrease": "不下降|不降|下不去|不收敛|没有下降|没有减低|下がらない|減らない|줄지 않",
    "stays": "一直维持在|一直保持|保持|一直都?是|一直为|始终为?|总是|停在|卡在|维持在|不变|没有变化|変わらない|まま",
    "suddenly": "突然",
    "becomes": "变成了?|变为|成为|變成|になります|になる",
    "always": "一直|永远|常に|항상",
    "does not help": "也?不行|没用|无效|没有?(?:效果|作用)|不起作用|无济于事|也还是",
    "oscillates": "震荡|波动|抖动|忽高忽低",
    "sometimes negative": "[一时]会?正[一时]会?负|有?时正有?时负|正负",
    "negative": "负数|负值|为负|负的|是负|マイナス|음수",
    "increases": "上升|增加|变大|升高|上涨|变高|上がる|増える|증가",
    "decreases": "下降|减小|降低|减少|调[小低]",
    "diverges": "爆炸|发散|発散|발산",
    "below zero": "[小低]于\\s?(?:0(?![.\\d])|零)|为负值?",
    "features": "特征向量|特徵|特征",
    "all the same": "(?:全部|都|完全)(?:是)?(?:一样|相同)",
    "only": "只有|仅有|仅为",
    "higher than": "高于|大于|比(?=.{0,12}[高大])",
    "lower than": "低于|小于|比(?=.{0,12}[低小])",
    "overfitting": "过拟合|過擬合|過学習|과적합",
    "fp16": "半精度|混合精度",
    "too high": "太大|过大|過大|太高|过高",
    "too long": "过长|太长",
    "too short": "过短|太短",
    "input": "输入",
    "length": "长度|長度",
    "width": "宽度|寬度",
    "images": "(?<=\\d)\\s?[万千百]?[张幅枚]",
    "image": "图片|图像|圖片",
    "size": "尺寸|大小",
    "no": "没有(?=\\s?(?:object|目标|物体|标注|标签|正样本))|不含",
    "all": "全部|所有|全都|都是",
    "imbalanced": "不平衡|不均衡",
    "masked": "掩码|掩膜|遮罩",
    "resumed from a checkpoint": "断点续训|恢复训练|继续训练",
    "normal": "正常",
    "very large": "非常[大高]|很[大高]|特别[大高]",
    "outputs": "输出|出力|출력",
    "predicts": "预测|予測|예측",
    "sum": "求和|总和",
    "divided by": "除以",
    "epoch": "轮次|轮|エポック|에포크",
    "step": "步|ステップ",
    "is": "为|是",
    "the same": "相同|一样|同じ",
    "zero": "零",
    "close to": "接近|趋近于?|趋于",
    "why": "为什么|为何|なぜ|왜",
    "triplet": "三元组",
    "contrastive": "对比学习",
    "regression": "回归|回歸|回帰",
    "distillation": "蒸馏",
}
"""What English says -> a pattern of what Chinese, Japanese and Korean say; a longer word stands before those within it."""

SPACED: dict[str, str] = {
    "training loss": "Trainingsverlust|Trainingsfehler",
    "validation loss": "Validierungsverlust|Validierungsfehler",
    "cross entropy": "Kreuzentropie|entropía cruzada|entropie croisée|кросс-?энтропи\\w*",
    "loss": "Verlust(?:wert|es|s)?|pérdida|perda|la perte|потер[ьяи]|лосс\\w*",
    "accuracy": "Genauigkeit|Trefferquote|exactitud|acurácia|exactitude|точност[ьи]",
    "learning rate": "Lernrate|tasa de aprendizaje|taux d.apprentissage|taxa de aprendizado|скорост[ьи] обучения",
    "batch size": "Batchgröße|Stapelgröße|tamaño de lote|taille de lot|размер батча",
    "gradients": "Gradienten|градиент\\w*",
    "binary classification": "binäre Klassifikation|clasificación binaria|бинарн\\w+ классификаци\\w*",
    "classes": "Klassen|clases|классов|класса",
    "labels": "Zielwerte|etiquetas|étiquettes|метк[иа]",
    "does not decrease": (
        "sinkt nicht|fällt nicht|geht nicht runter|no (?:baja|disminuye)|ne (?:diminue|baisse) pas|não diminui"
        "|не (?:уменьшается|падает|снижается)"
    ),
    "stays": "bleibt(?: (?:immer|konstant|stehen))?|stagniert|se queda|reste|fica (?:em|parada)|оста[её]тся|не меняется",
    "suddenly": "plötzlich|de repente|soudain|внезапно",
    "becomes": "wird(?: zu)?|se vuelve|devient|становится",
    "always": "immer|siempre|toujours|sempre|всегда",
    "negative": "negativ(?:er|en|es)?|negativa|négative|отрицательн\\w*",
    "increases": "steigt|aumenta|augmente|раст[её]т",
    "decreases": "sinkt|fällt|disminuye|diminue|diminui|падает|уменьшается",
    "diverges": "explodiert|divergiert|explota|explose",
    "higher than": "(?:höher|größer) als|mayor que|plus (?:grande|haute|élevée) que|maior que|(?:больше|выше),? чем",
    "lower than": "(?:niedriger|kleiner|geringer) als|menor que|plus (?:petite|basse) que|(?:меньше|ниже),? чем",
    "overfitting": "Überanpassung|sobreajuste|surapprentissage|переобучени\\w*",
    "too high": "zu (?:hoch|groß)|demasiado alt[oa]|trop (?:grand|élevé)e?",
    "imbalanced": "unausgewogen|desbalancead\\w*|déséquilibr\\w*|несбалансирован\\w*",
    "epoch": "Epochen?|Epoche|época|époque|эпох[аи]",
    "step": "Schritt|шаг",
    "from": "von(?= \\d)",
    "to": "auf(?= \\d)",
    "is": "ist|liegt bei|beträgt|está en|vaut|равн[аоы]",
    "round": "redonde\\w*|arrondi\\w*|runden?|gerundet\\w*|округл\\w*",
    "probabilities": "probabilidades|Wahrscheinlichkeiten|probabilités|вероятност\\w*",
    "must be": "debe (?:estar|ser)|deve (?:estar|ser)|muss|doit être|долж[еn]?н\\w* быть",
    "between": "entre|zwischen|между",
    "and": "(?:y|e|et|und|и)(?= \\d)",
    "why": "warum|wieso|por qué|pourquoi|почему",
    "the same": "gleich(?:en|er|es)?",
}
"""What English says -> a pattern of what languages with spaces between words say."""
_PUNCTUATION = str.maketrans("：，。；％（）＝？！、【】＞＜", ":,.;%()=?!,[]><")
_LEFT = re.compile("[ぁ-ヿ㐀-鿿가-힣]+")
_LETTER = "A-Za-zÀ-ÿЀ-ӿ"
_WIDE = re.compile("|".join(f"({pattern})" for pattern in WIDE.values()))
_SPACED = re.compile("|".join(f"(?<![{_LETTER}])({pattern})(?![{_LETTER}])" for pattern in SPACED.values()), re.IGNORECASE)


def in_english(text: str) -> str:
    """Return a text with the words that other languages have for a training in English; what follows its head as the head."""
    head = text[:HEAD]
    known: dict[str, str] = {}
    if not head.isascii():
        wide = tuple(WIDE)
        head = head.translate(_PUNCTUATION)
        known |= {match[0]: f" {wide[(match.lastindex or 1) - 1]} " for match in _WIDE.finditer(head)}
        head = _LEFT.sub(" ", _WIDE.sub(lambda match: known[match[0]], head))
    spaced = tuple(SPACED)
    of_spaced = {match[0]: spaced[(match.lastindex or 1) - 1] for match in _SPACED.finditer(head)}
    head = _SPACED.sub(lambda match: of_spaced[match[0]], head) if of_spaced else head
    known |= of_spaced
    if len(text) <= HEAD or not known:
        return head + text[HEAD:]
    terms = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    return head + terms.sub(lambda match: known[match[0]], text[HEAD:].translate(_PUNCTUATION))
