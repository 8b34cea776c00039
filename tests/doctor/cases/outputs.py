"""Public cases of what the model gives and the loss takes; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "discuss.pytorch.org 43814": (
        "CrossEntropyLoss on MNIST after F.softmax does not go down:\nepoch 0 loss = 2.3086\nepoch 1 loss = 2.2973\n"
        "epoch 2 loss = 2.3083\nepoch 3 loss = 2.3027\nepoch 4 loss = 2.3045",
        {},
        "softmax-twice",
    ),
    "doronharitan/human_activity_recognition_LRCN 4": (
        "The output function is a Softmax and the criterion CrossEntropyLoss. Would this not hurt the loss?",
        {},
        "softmax-twice",
    ),
    "exelban/tensorflow-cifar-10 6": (
        "The last layer is tf.layers.dense(units=10, activation=tf.nn.softmax) and its output goes into "
        "softmax_cross_entropy_with_logits_v2",
        {},
        "softmax-twice",
    ),
    "amdegroot/ssd.pytorch 218": (
        "The multibox loss has no softmax before the cross entropy. I added a softmax and trained again: it "
        "converges more slowly and looks worse than without",
        {},
        "softmax-twice",
    ),
    "ariecattan/SciCo 2": (
        "The validation loss is stuck around 1.0, falls very slowly; the training loss does not. In "
        "multiclass.py the logits go through a softmax before CrossEntropyLoss",
        {"classes": 4},
        "softmax-twice",
    ),
    "jaehong31/CGES 1": (
        "mnist_conv returns tf.nn.softmax(output), and main.py does "
        "tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=y_conv, labels=y_))",
        {},
        "softmax-twice",
    ),
    "tflearn 562": (
        "The last layer calls softmax, and then loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(net, Y))",
        {},
        "softmax-twice",
    ),
    "slp-ntua/patrec-labs 72": (
        "Το CrossEntropyLoss κάνει και το ίδιο Softmax. Είναι πρόβλημα να κάνουμε κι εμείς Softmax στο output?",
        {},
        "softmax-twice",
    ),
    "bowang-lab/Transformer-GCN-QA 32": (
        "We did not know that CrossEntropyLoss() implements a softmax: the model has a softmax at its output",
        {},
        "softmax-twice",
    ),
    "yudi-mars/daisyRec 15": (
        "a sigmoid is applied before BCEWithLogitsLoss, and the loss does not converge",
        {},
        "sigmoid-twice",
    ),
    "avBuffer/UNet3plus_pth 23": (
        "The bce loss does not decrease: unet3plus returns F.sigmoid(d1), and train.py uses BCEWithLogitsLoss",
        {},
        "sigmoid-twice",
    ),
    "hitachi-speech/EEND 31": (
        "The code uses the sigmoid only to infer. I added it to the model in training as the paper says, with "
        "sigmoid_cross_entropy as the loss, and the loss cannot go down",
        {},
        "sigmoid-twice",
    ),
    "argusswift/YOLOv4-pytorch 89": (
        "yolo_head里对confidence以及class都做了sigmoid后才输出，loss里用了BCEWithLogitsLoss，请问有什么用意吗",
        {},
        "sigmoid-twice",
    ),
    "YuanGongND/ast 75": (
        "Multi-label audio tagging with BCEWithLogitsLoss: the validation loss is very high, around 0.6940, but "
        "the mAP keeps increasing. A sigmoid is applied before the loss is computed",
        {},
        "sigmoid-twice",
    ),
    "NVIDIA-Merlin/models 1175": (
        "The output of BinaryOutput has a sigmoid and its default loss is BCEWithLogitsLoss",
        {},
        "sigmoid-twice",
    ),
    "cvg/glue-factory 89": (
        "self.token = nn.Sequential(nn.Linear(dim, 1), nn.Sigmoid())\n"
        "self.loss_fn = nn.BCEWithLogitsLoss(reduction='none')\n"
        "Is this a bug?",
        {},
        "sigmoid-twice",
    ),
    "itakurah/focal-loss-pytorch 5": (
        "The focal loss takes torch.sigmoid of the inputs and gives them to F.binary_cross_entropy_with_logits",
        {},
        "sigmoid-twice",
    ),
    "GeoZcx/DSIFN 1": (
        "Sigmoid is used when you build the DSIFN model, and again in the loss function (BCE)",
        {},
        "sigmoid-twice",
    ),
    "AnubhavGupta3377/Text-Classification-Models-Pytorch 9": (
        "NLLLoss after softmax: the loss is always negative",
        {},
        "log-missing",
    ),
    "hotpotqa/hotpot 16": ("nll_loss without log, after softmax: loss is -0.72", {}, "log-missing"),
    "pytorch 10033": ("torch.nn.functional.nll_loss of [[0.9, 0.1]] with target [0] prints tensor(-0.9000)", {}, "log-missing"),
    "AberHu/Knowledge-Distillation-Zoo 12": (
        "F.kl_div(F.log_softmax(out_s/T), F.softmax(out_t/T)): when I replace log_softmax of the student by "
        "softmax the KD output is negative. Why?",
        {},
        "log-missing",
    ),
    "microsoft/ProDA 43": (
        "student = F.softmax(out, dim=1); loss_kd = F.kl_div(student, teacher, reduction='none'). The "
        "student did not calculate log_softmax. Is this a mistake?",
        {},
        "log-missing",
    ),
    "pytorch 12703": (
        "In the second NLLLoss example of the documentation the convolution goes straight into the loss; the "
        "loss is sometimes negative",
        {},
        "log-missing",
    ),
    "yanx27/Pointnet_Pointnet2_pytorch 30": (
        "PointNetLoss uses nll_loss, but labels_pred has no log_softmax: the label loss is negative",
        {},
        "log-missing",
    ),
    "mjc92/GetToThePoint 8": ("The criterion here is softmax + NLLLoss", {}, "log-missing"),
    "clvrai/ACGAN-PyTorch 4": (
        "The discriminator of the ACGAN ends in nn.Softmax and its class loss is nn.NLLLoss",
        {},
        "log-missing",
    ),
    "midas-research/man-sf-emnlp 2": (
        "train.py uses F.softmax before nll_loss; should it be F.log_softmax?",
        {},
        "log-missing",
    ),
    "microsoft/ProDA 20": (
        "You exclude log() in the kl_div loss of the distillation: F.kl_div(student, teacher) with student = "
        "F.softmax(...), usually it is F.kl_div(student.log(), teacher)",
        {},
        "log-missing",
    ),
    "deepinsight/insightface 117": (
        "I train ImageNet with the InsightFace margin loss: the loss goes down but the accuracy is always zero",
        {},
        "margin-softmax",
    ),
    "4uiiurz1/keras-arcface 13": (
        "ArcFace layer on a ResNet50, two classes: training accuracy drops to 3% although the loss decreases "
        "steadily, and at epoch 10 it shoots up to 89%",
        {},
        "margin-softmax",
    ),
    "ronghuaiyang/arcface-pytorch 93": (
        "arcface: training loss decreases, accuracy on the training set is always zero",
        {},
        "margin-softmax",
    ),
    "luckycallor/InsightFace-tensorflow 23": (
        "Arc loss on my own dataset: the loss drops from around 57 to around 20 and then stops, and the "
        "training accuracy stays at 0.0. Batch size 448",
        {},
        "margin-softmax",
    ),
    "heshuting555/AICITY2020_DMT_VehicleReID 3": (
        "I try the arcface loss: the loss is about twice as high at the beginning and acc is 0 for a long time. Is it normal?",
        {},
        "margin-softmax",
    ),
    "auroua/InsightFace_TF 76": (
        "InsightFace: why is the training accuracy 0.000000?\n"
        "epoch 0, total_step 300, total loss is 51.74 , inference loss is 37.28, weight deacy loss is 14.46, "
        "training accuracy is 0.000000, time 33.227 samples/sec\n"
        "epoch 0, total_step 320, total loss is 44.49 , inference loss is 30.03, weight deacy loss is 14.46, "
        "training accuracy is 0.000000, time 33.665 samples/sec\n"
        "epoch 0, total_step 340, total loss is 51.21 , inference loss is 36.76, weight deacy loss is 14.46, "
        "training accuracy is 0.000000, time 33.431 samples/sec\n"
        "epoch 0, total_step 360, total loss is 49.44 , inference loss is 34.99, weight deacy loss is 14.45, "
        "training accuracy is 0.000000, time 32.708 samples/sec",
        {},
        "margin-softmax",
    ),
    "ronghuaiyang/arcface-pytorch 38": (
        "I use the arcface loss for normal classification, 92 classes: the loss declines, but the accuracy "
        "is always nearly 0. The logits are all nearly -1",
        {},
        "margin-softmax",
    ),
    "yinguobing/arcface 2": ("arcface：请问下第一个epoch loss一直在30左右，正常吗？loss收敛很慢", {}, "margin-softmax"),
    "MCC-WH/Token 7": (
        ">> Train Epoch: [0] [ 340/4003] eta: 1:43:19 ArcFace loss: 17.6546 Top1 error: 100.0000 Top5 error: "
        "99.9927 iter time: 1.6925 s max mem: 18134 MB\n"
        ">> Train Epoch: [0] [ 350/4003] eta: 1:43:00 ArcFace loss: 17.6549 Top1 error: 100.0000 Top5 error: "
        "99.9893 iter time: 1.6919 s max mem: 18134 MB\n"
        ">> Train Epoch: [0] [ 360/4003] eta: 1:42:40 ArcFace loss: 17.6523 Top1 error: 100.0000 Top5 error: "
        "99.9861 iter time: 1.6911 s max mem: 18134 MB",
        {},
        "margin-softmax",
    ),
    "xgboost 7010": (
        "XGBClassifier with binary:logitraw: predict_proba gives 11.813067 and -10.813067, far above 1",
        {},
        "logits-as-probabilities",
    ),
    "tensorflow/docs 2102": (
        "Text classification with 4 classes, Dense(4) at the end without softmax and "
        "SparseCategoricalCrossentropy: the accuracy is around 0.3, hardly above guessing",
        {},
        "logits-as-probabilities",
    ),
    "NVIDIA/pix2pixHD 9": (
        "With --no_lsgan a CUDA assertion comes up, negative values get into nn.BCELoss()\n"
        "BCECriterion.cu:30: Assertion `input >= 0. && input <= 1.` failed.",
        {},
        "logits-as-probabilities",
    ),
    "xgboost 2995": (
        "My custom_loss: labels = dtrain.get_label(); grad = preds - labels; hess = preds * (1.0 - preds). "
        "The result is poor and not the same as with binary:logistic",
        {},
        "logits-as-probabilities",
    ),
    "mmalekzadeh/dana 1": (
        "The last layer is Dense(out_shape, activation='softmax') and the loss is "
        "CategoricalCrossentropy(from_logits=True). Is this a bug?",
        {},
        "probabilities-as-logits",
    ),
    "pytorch 12299": (
        "y_pred = [[0.2, 0.3, 0.5]] * 3, y_true = [0, 1, 2]: sklearn log_loss gives 1.168852632439994, "
        "nn.CrossEntropyLoss gives 1.1064976453781128",
        {},
        "probabilities-as-logits",
    ),
    "Lasagne/Lasagne 744": (
        "binary_hinge_loss normalises the targets to {-1, 1}; should the predictions not be normalised too, "
        "if they lie in (0, 1) as from a sigmoid?",
        {},
        "probabilities-in-hinge",
    ),
    "gitabcworld/MatchingNetworks 5": (
        ("a softmax is applied to the similarities, later cross_entropy, which is log softmax + NLL loss"),
        {},
        "softmax-twice",
    ),
    "ronghuaiyang/arcface-pytorch 99": (
        ("casia-webface with arcface: the train loss does not drop and remains at around 14, training acc is equal to 0"),
        {},
        "margin-softmax",
    ),
    "davidsandberg/facenet 1136": (
        ("trained by ArcFace loss: accuracy of 0.9883 on LFW, but around 53% on the training set"),
        {},
        "margin-softmax",
    ),
    "fdbtrs/PocketNet 3": (
        ("ArcFace: my training loss drops to about 21 and stops falling"),
        {},
        "margin-softmax",
    ),
    "Turoad/lanedet 32": (
        ("the output of fc10 goes into a sigmoid and BCEWithLogitsLoss() is used to calculate the loss"),
        {},
        "sigmoid-twice",
    ),
    "keras 15271": (
        (
            "BinaryCrossentropy from_logits=True on a model that ends in activation='sigmoid' gives another loss "
            "by evaluate than by predict"
        ),
        {},
        "probabilities-as-logits",
    ),
    "lovedlim/tensorflow 2": (
        (
            "UserWarning: binary_crossentropy received from_logits=True, but the output argument was produced by "
            "a sigmoid or softmax activation and thus does not represent logits"
        ),
        {},
        "probabilities-as-logits",
    ),
    "keras 6143": (
        ("keras.backend.categorical_crossentropy of a softmax with from_logits=True prints 0.488548"),
        {},
        "probabilities-as-logits",
    ),
    "NVIDIA/DeepLearningExamples 468": (
        (
            "U-Net: the last line is tf.keras.activations.softmax(out, axis=-1), the loss "
            "tf.nn.softmax_cross_entropy_with_logits"
        ),
        {},
        "softmax-twice",
    ),
    "keras-hub 1008": (
        (
            "loss='sparse_categorical_crossentropy' expects softmax probability output, but the model is "
            "configured to output logits (activation=None)"
        ),
        {},
        "logits-as-probabilities",
    ),
    "grey-eye/talking-heads 42": (
        ("the discriminator has a sigmoid at the end, but hinge loss doesn't expect a probability"),
        {},
        "probabilities-in-hinge",
    ),
    "ronghuaiyang/arcface-pytorch 6": (
        "I always get an accuracy of 0 with ArcFace loss and cross entropy, the loss decreases normally",
        {},
        "margin-softmax",
    ),
    "Snowdar/asv-subtools 2": (
        "把softmax换成am-softmax，m设为0.3，训练acc降到70%，loss先下降后上升，正常吗",
        {},
        "margin-softmax",
    ),
    "WeidiXie/VGG-Speaker-Recognition 23": (
        "Same backbone with softmax and with amsoftmax: the accuracy of amsoftmax is very low in training, it hardly converges",
        {},
        "margin-softmax",
    ),
    "tensorflow/tcav 64": (
        "The predictions, that is class probabilities, are passed as logits to "
        "tf.nn.softmax_cross_entropy_with_logits. Is there a reason?",
        {},
        "probabilities-as-logits",
    ),
    "jeffheaton/t81_558_deep_learning 81": (
        "cross_entropy = BinaryCrossentropy(from_logits=True), and the discriminator ends in a sigmoid",
        {},
        "probabilities-as-logits",
    ),
    "suragnair/alpha-zero-general 45": (
        "self.prob = tf.nn.softmax(self.pi) and then tf.losses.softmax_cross_entropy(self.target_pis, self.prob)",
        {},
        "softmax-twice",
    ),
    "aymericdamien/TensorFlow-Examples 50": (
        "softmax_cross_entropy_with_logits(tf.nn.softmax(tf.matmul(x,W)+b), y): it runs, but the accuracy is not "
        "stable, from 0.5 to 0.9",
        {},
        "softmax-twice",
    ),
    "kitsch231/pytorch_fake_news_Classification_mml 7": (
        "模型里做了softmax，后面又用CrossEntropyLoss，里面会再做softmax",
        {},
        "softmax-twice",
    ),
    "tntrung/gan 4": (
        "Why does D still end in a sigmoid with the hinge loss? In my DCGAN it did not work, with logits it did",
        {},
        "probabilities-in-hinge",
    ),
    "keras 2830": (
        "Should the docs not say that the binary hinge takes labels of {-1,+1} instead of {0,1}?",
        {},
        "probabilities-in-hinge",
    ),
    "YapengTian/AVE-ECCV18 15": (
        "nn.MultilabelSoftMarginLoss on a softmax output: the sigmoid inside never goes below 0.5",
        {},
        "sigmoid-twice",
    ),
    "nishnik/Deep-Semantic-Similarity-Model-PyTorch 2": (
        "CrossEntropyLoss needs no output of a Softmax, and the model here has one. By mistake?",
        {},
        "softmax-twice",
    ),
    "jindongwang/Deep-learning-activity-recognition 10": (
        "F.softmax before nn.CrossEntropyLoss, which takes raw outputs",
        {},
        "softmax-twice",
    ),
    "speedinghzl/Pytorch-Deeplab 2": (
        "loss_calc takes the log_softmax of pred, and CrossEntropy2d uses F.cross_entropy, which does it again",
        {},
        "softmax-twice",
    ),
    "THUDM/WebRL 39": (
        "critic里先求softmax再用torch.nn.CrossEntropyLoss()是不是有问题",
        {},
        "softmax-twice",
    ),
    "sirius-ai/MobileFaceNet_TF 23": (
        "I replaced cross_entropy_mean by arcface_mean in facenet: loss around 40, accuracy 0.00 and not changing",
        {},
        "margin-softmax",
    ),
    "lulujianjie/person-reid-tiny-baseline 8": (
        "With the arcface layer and lr 0.0035 the acc is always 0, why?",
        {},
        "margin-softmax",
    ),
    "peteryuX/arcface-tf2 4": (
        "ArcHead on ms1m, 85742 classes, 10 epochs: at the end the loss is 8.05. How does it get near 0?",
        {},
        "margin-softmax",
    ),
    "4uiiurz1/keras-arcface 16": (
        "m = 4 in the ArcFace layer: training, validation and test accuracy are 1.0 in the first epoch",
        {},
        "margin-softmax",
    ),
    "aidotse/LeakPro 229": (
        "Redundant sigmoid in a handler that uses BCEWithLogitsLoss()",
        {},
        "sigmoid-twice",
    ),
    "nv-tlabs/GSCNN 62": (
        "edge_out = self.sigmoid(cs), and the edge loss is F.binary_cross_entropy_with_logits(edge_out)",
        {},
        "sigmoid-twice",
    ),
    "pandeykartikey/Hierarchical-Attention-Network 3": (
        "Why must log_softmax and not softmax be used with NLLLoss?",
        {},
        "log-missing",
    ),
    "tkipf/pygcn 16": (
        "If I change log_softmax to softmax to get probabilities, must F.nll_loss be changed too?",
        {},
        "log-missing",
    ),
    "NaJaeMin92/pytorch-DANN 7": (
        "",
        {"kind": "nn.CrossEntropyLoss()", "framework": "torch", "loss": "1.47", "classes": 10, "accuracy": 0.99},
        "softmax-twice",
    ),
    "lightly-ai/lightly 1194": (
        "F.kl_div(input=mean_anchor_probs, target=power_dist, reduction='sum') is negative",
        {"loss": "-6.8904"},
        "log-missing",
    ),
    "luckycallor/InsightFace-tensorflow 12": (
        "训练arcface模型的时候准确率一直为0",
        {},
        "margin-softmax",
    ),
    "auroua/InsightFace_TF 19": (
        "",
        {
            "history": [
                {"loss": 23.59, "accuracy": 0.0},
                {"loss": 21.94, "accuracy": 0.0},
                {"loss": 30.12, "accuracy": 0.0},
                {"loss": 18.02, "accuracy": 0.125},
                {"loss": 25.72, "accuracy": 0.0},
            ],
            "kind": "arcface",
            "framework": "tf",
        },
        "margin-softmax",
    ),
    "moli232777144/mobilefacenet-mxnet 27": (
        "用arcface loss微调，一开始train acc为0.00，随着训练逐渐上涨，正常吗？",
        {},
        "margin-softmax",
    ),
    "lopuhin/kaggle-imet-2019 3": (
        "Is a sigmoid needed before the output goes into BCEWithLogitsLoss?",
        {},
        "sigmoid-twice",
    ),
    "GeoZcx/A-deeply-supervised-image-fusion-network-for-change-detection-in-remote-sensing-images 1": (
        "Sigmoid is in the model already and is used again in the loss function, then BCE",
        {},
        "sigmoid-twice",
    ),
    "pytorch/pytorch 5282": (
        "KLDivLoss computes target * (log target - x), must it not be log x? The results are wrong",
        {},
        "log-missing",
    ),
    "pytorch/pytorch 43348": (
        "",
        {"kind": "kl_div", "loss": -1.1931, "predictions": [[0.5, 0.5]], "targets": [[0.5, 0.5]], "reduction": "sum"},
        "log-missing",
    ),
    "DeepLearningDTU/02456-deep-learning-with-PyTorch 6": (
        "The net's output is probabilities, but the loss takes them to be scores and applies softmax again",
        {},
        "softmax-twice",
    ),
    "Lightning-Universe/lightning-bolts 654": (
        "LogisticRegression has F.nll_loss(F.log_softmax(F.softmax(linear(x))))",
        {},
        "softmax-twice",
    ),
    "foamliu/InsightFace-v2 18": (
        "arcface m = 0.6, s = 64: top1 rises in epoch 1 and descends in epoch 2",
        {},
        "margin-softmax",
    ),
    "huangyangyu/NoiseFace 4": (
        "arcface with margin 0.5: accuracy nearly 0 and no convergence, with margin 0 all is fine",
        {},
        "margin-softmax",
    ),
    "sirius-ai/MobileFaceNet_TF 23 as facts": (
        "",
        {"loss": 40.0, "kind": "arcface", "accuracy": 0.0, "framework": "tf"},
        "margin-softmax",
    ),
    "yunlongdong/FCN-pytorch 7": (
        "BCE loss in train, but there is no sigmoid activation",
        {},
        "logits-as-probabilities",
    ),
    "lightgbm-org/LightGBM 4629": (
        "",
        {
            "framework": "lightgbm",
            "kind": "binary",
            "predictions": [-1.1, 1.02, -1.1, 1.81, -2.04, 1.81],
            "targets": [0, 1, 0, 1, 0, 1],
        },
        "logits-as-probabilities",
    ),
    "lightgbm-org/LightGBM 5373": (
        "custom_loss(logits, data) as metric beside application: binary gives very different curves",
        {"framework": "LightGBM"},
        "probabilities-as-logits",
    ),
    "auroua/InsightFace_TF 76 as facts": (
        "",
        {"loss": 37.28, "accuracy": 0.0, "kind": "arcface", "framework": "tf"},
        "margin-softmax",
    ),
    "ronghuaiyang/arcface-pytorch 36": (
        ("ArcFace: the loss declines, however the accuracy remains 0.0; none of the predicted ids is correct."),
        {"accuracy": 0.0},
        "margin-softmax",
    ),
    "jamesli1618/Obj-GAN 30": (
        (
            "The box generation model uses NLLLoss for label prediction, but a softmax without torch.log "
            "before it, so lloss is always a negative number"
        ),
        {},
        "log-missing",
    ),
    "tensorflow/tensorflow 28718": (
        (
            "Transfer learning tutorial: the head is Dense(1) without activation and compile uses "
            "loss='binary_crossentropy', whose default is from_logits=False"
        ),
        {},
        "logits-as-probabilities",
    ),
    "tensorflow/tcav 121": (
        (
            "Dense(n_labels, activation='sigmoid') is trained by "
            "SparseCategoricalCrossentropy(from_logits=True). Why is from_logits true if there is already a "
            "sigmoid?"
        ),
        {},
        "probabilities-as-logits",
    ),
    "sugi-chan/custom_bert_pipeline 1": (
        (
            "A Softmax is used in train_model before nn.CrossEntropyLoss(). I reckon the loss has a softmax "
            "built in; what is the effect of adding another one before?"
        ),
        {},
        "softmax-twice",
    ),
    "vinhkhuc/PyTorch-Mini-Tutorials 1": (
        (
            "The PyTorch document shows that CrossEntropyLoss combines LogSoftMax and NLLLoss, yet the model "
            "has model.add_module('softmax', torch.nn.Softmax()). Could I remove it?"
        ),
        {},
        "softmax-twice",
    ),
    "bkitano/llama-from-scratch 5": (
        (
            "logits = F.softmax(a, dim=-1); loss = F.cross_entropy(logits.view(-1, vocab_size), "
            "targets.view(-1)): no need for the softmax before cross_entropy"
        ),
        {},
        "softmax-twice",
    ),
    "lansinuote/Huggingface_Toturials 6": (
        "分类示例 Model.forward() 中先执行 out = out.softmax(dim=1), 训练时又使用 torch.nn.CrossEntropyLoss()",
        {},
        "softmax-twice",
    ),
    "openillumi.com 0.7437": (
        "nn.CrossEntropyLoss of the ideal output [0, 0, 0, 1] gives 0.7437 and not 0",
        {"classes": 4},
        "softmax-twice",
    ),
    "luca-medeiros/lightning-sam 13": (
        (
            "For the dice loss a sigmoid is used, but the forward pass has no sigmoid, and validation takes "
            "the raw output against a mask threshold of 0.5. Is there a problem?"
        ),
        {},
        "logits-as-probabilities",
    ),
    "LightGBM 1230": (
        (
            "My derivatives of a cost-sensitive logloss are right. In myloss, the metric, I use y_hat of "
            "fobj as it comes: [1] training's auc: 0.5 training's myloss: 0.940928 valid_0's myloss: 0.8364\n"
            "[2] training's auc: 0.669729 training's myloss: 0.671651 valid_0's myloss: 0.639334"
        ),
        {"framework": "LightGBM"},
        "logits-as-probabilities",
    ),
    "Lightning-AI/pytorch-lightning 7096": (
        (
            "computer_vision_fine_tuning.py: forward returns torch.sigmoid(x) and loss_func is "
            "F.binary_cross_entropy_with_logits"
        ),
        {},
        "sigmoid-twice",
    ),
    "meilfang/LMFD-PAD 1": (
        (
            "WeightedFocalLoss takes binary_cross_entropy_with_logits, and there is a Sigmoid at the end of "
            "the classification branch"
        ),
        {},
        "sigmoid-twice",
    ),
    "shaoxiongji/federated-learning 9": (
        (
            "You apply CrossEntropy after a softmax activation, but it takes logits. Without the softmax the "
            "MLP goes from 90% to 95%"
        ),
        {},
        "softmax-twice",
    ),
    "mlelarge/graph_neural_net 37": ("There was a softmax before a crossentropyloss", {}, "softmax-twice"),
    "sebastian-hofstaetter/matchmaker 18": (
        (
            "KLDivLoss(reduction='batchmean')(scores.softmax(-1), labels.softmax(-1)): is this a typo? The "
            "input is to be log-probabilities"
        ),
        {},
        "log-missing",
    ),
}
