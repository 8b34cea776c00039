"""Public cases of the ends of what numbers can hold; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "wy1iu/sphereface 103": (
        "Iteration 21900, loss = 18.0341\nIteration 22000, loss = 17.6992\nIteration 22100, loss = "
        "87.3365\nIteration 22200, loss = 87.3365\n"
        "Iteration 22300, loss = 87.3365\nIteration 22400, loss = 87.3365",
        {},
        "saturated",
    ),
    "wy1iu/sphereface 40": ("softmax_loss = 87.3365 and accuracy = 0 with caffe", {}, "saturated"),
    "peteanderson80/Up-Down-Captioner 2": (
        "The loss was always 87.3365. Is that normal?\n"
        "I0502 17:46:41 22378 solver.cpp:218] Iteration 0 (0 iter/s, 1.67459s/100 iters), loss = 184.354\n"
        "I0502 17:46:41 22378 solver.cpp:237]     Train net output #0: accuracy = 0\n"
        "I0502 17:46:41 22378 solver.cpp:237]     Train net output #1: cross_entropy_loss = 9.21768 (* 20 = "
        "184.354 loss)\n"
        "I0502 17:46:41 22378 sgd_solver.cpp:105] Iteration 0, lr = 0.01\n"
        "I0502 17:48:26 22378 solver.cpp:218] Iteration 100 (0.948815 iter/s, 105.395s/100 iters), loss = "
        "1746.73\n"
        "I0502 17:48:26 22378 solver.cpp:237]     Train net output #0: accuracy = 1\n"
        "I0502 17:48:26 22378 solver.cpp:237]     Train net output #1: cross_entropy_loss = 87.3365 (* 20 = "
        "1746.73 loss)\n"
        "I0502 17:50:12 22378 solver.cpp:218] Iteration 200 (0.943834 iter/s, 105.951s/100 iters), loss = "
        "1746.73\n"
        "I0502 17:50:12 22378 solver.cpp:237]     Train net output #0: accuracy = 1\n"
        "I0502 17:50:12 22378 solver.cpp:237]     Train net output #1: cross_entropy_loss = 87.3365 (* 20 = "
        "1746.73 loss)\n"
        "I0502 17:51:58 22378 solver.cpp:218] Iteration 300 (0.942953 iter/s, 106.05s/100 iters), loss = "
        "1746.73\n"
        "I0502 17:51:58 22378 solver.cpp:237]     Train net output #1: cross_entropy_loss = 87.3365 (* 20 = "
        "1746.73 loss)",
        {},
        "saturated",
    ),
    "yaringal/DropoutUncertaintyCaffeModels 3": (
        "The loss never goes down on CIFAR10\n"
        "I0616 00:24:30 10711 solver.cpp:228] Iteration 55900, loss = 87.3365\n"
        "I0616 00:24:30 10711 solver.cpp:244]     Train net output #0: loss = 87.3365 (* 1 = 87.3365 loss)\n"
        "I0616 00:24:30 10711 sgd_solver.cpp:106] Iteration 55900, lr = 0.00243129\n"
        "I0616 00:26:52 10711 solver.cpp:404]     Test net output #0: accuracy = 0.1\n"
        "I0616 00:26:52 10711 solver.cpp:404]     Test net output #1: loss = 87.3365 (* 1 = 87.3365 loss)\n"
        "I0616 00:26:53 10711 solver.cpp:228] Iteration 56000, loss = 87.3365\n"
        "I0616 00:26:53 10711 solver.cpp:244]     Train net output #0: loss = 87.3365 (* 1 = 87.3365 loss)\n"
        "I0616 00:26:53 10711 sgd_solver.cpp:106] Iteration 56000, lr = 0.00242852",
        {},
        "saturated",
    ),
    "razorx89/caffe-wrn-generator 1": (
        "loss always equals 87.3362. I changed the lr but it does not work\n"
        "I1128 08:59:24 14972 solver.cpp:397]     Test net output #0: Accuracy1 = 1\n"
        "I1128 08:59:24 14972 solver.cpp:397]     Test net output #1: SoftmaxWithLoss1 = 87.3362 (* 1 = "
        "87.3362 loss)\n"
        "I1128 08:59:24 14972 solver.cpp:218] Iteration 1170 (6.24905 iter/s, 62.4095s/390 iters), loss = "
        "87.3363\n"
        "I1128 08:59:24 14972 solver.cpp:237]     Train net output #0: SoftmaxWithLoss1 = 87.3365 (* 1 = "
        "87.3365 loss)\n"
        "I1128 08:59:24 14972 sgd_solver.cpp:105] Iteration 1170, lr = 0.1\n"
        "I1128 09:00:26 14972 solver.cpp:397]     Test net output #0: Accuracy1 = 1\n"
        "I1128 09:00:26 14972 solver.cpp:397]     Test net output #1: SoftmaxWithLoss1 = 87.3362 (* 1 = "
        "87.3362 loss)\n"
        "I1128 09:00:26 14972 solver.cpp:218] Iteration 1560 (6.24695 iter/s, 62.4305s/390 iters), loss = "
        "87.3363\n"
        "I1128 09:00:26 14972 solver.cpp:237]     Train net output #0: SoftmaxWithLoss1 = 87.3365 (* 1 = "
        "87.3365 loss)",
        {},
        "saturated",
    ),
    "hszhao/PSPNet 63": (
        "Training accuracy is stuck at 0, I tried various learning rates\n"
        "I1009 13:08:39.377732 86511 solver.cpp:229] Iteration 0, loss = 21.4058\n"
        "I1009 13:08:39.377770 86511 solver.cpp:245]     Train net output #0: accuracy = 0.754905\n"
        "I1009 13:08:39.377784 86511 solver.cpp:245]     Train net output #1: loss = 21.4058 (* 1 = 21.4058 "
        "loss)\n"
        "I1009 13:08:39.377825 86511 sgd_solver.cpp:106] Iteration 0, lr = 1e-06\n"
        "I1009 13:09:13.672638 86511 solver.cpp:229] Iteration 20, loss = 87.3365\n"
        "I1009 13:09:13.673060 86511 solver.cpp:245]     Train net output #0: accuracy = 0\n"
        "I1009 13:09:13.673077 86511 solver.cpp:245]     Train net output #1: loss = 87.3365 (* 1 = 87.3365 "
        "loss)\n"
        "I1009 13:09:13.673177 86511 sgd_solver.cpp:106] Iteration 20, lr = 1e-06\n"
        "I1009 13:09:47.672638 86511 solver.cpp:229] Iteration 40, loss = 87.3365\n"
        "I1009 13:09:47.673060 86511 solver.cpp:245]     Train net output #0: accuracy = 0\n"
        "I1009 13:09:47.673077 86511 solver.cpp:245]     Train net output #1: loss = 87.3365 (* 1 = 87.3365 "
        "loss)",
        {},
        "saturated",
    ),
    "xialuxi/arcface-caffe 32": (
        "训练时loss一直不变\n"
        "I0627 17:38:58.567371  6757 solver.cpp:224] Iteration 450 (2.13816 iter/s, 4.67691s/10 iters), loss "
        "= 87.3365\n"
        "I0627 17:38:58.567402  6757 solver.cpp:243]     Train net output #0: softmax_loss = 87.3365 (* 1 = "
        "87.3365 loss)\n"
        "I0627 17:39:03.256306  6757 solver.cpp:224] Iteration 460 (2.13288 iter/s, 4.6885s/10 iters), loss "
        "= 87.3365\n"
        "I0627 17:39:03.256340  6757 solver.cpp:243]     Train net output #0: softmax_loss = 87.3365 (* 1 = "
        "87.3365 loss)\n"
        "I0627 17:39:07.941520  6757 solver.cpp:224] Iteration 470 (2.13457 iter/s, 4.68478s/10 iters), loss "
        "= 87.3365",
        {},
        "saturated",
    ),
    "pytorch 70348": ("CrossEntropyLoss returns tensor(nan) when the target is [-100]*5", {}, "all-ignored"),
    "huggingface/trl 1225": ("SFT loss is 0.0: every label was masked as the completion was missing", {}, "all-ignored"),
    "pytorch 116349": ("reduction='mean' gives nan when all labels are the ignore_index", {}, "all-ignored"),
    "pytorch 75181": ("CrossEntropyLoss(ignore_index=-1) returns nan where the only label is -1", {}, "all-ignored"),
    "FangShancheng/ABINet 13": ("language model: nan; texts of one letter have all tokens masked", {}, "all-ignored"),
    "SakuraRiven/EAST 2": (
        "Text detector: after a while the loss is nan; torch.sum(gt_score) of that batch is zero, there is no text in it",
        {},
        "all-ignored",
    ),
    "naibaf7/caffe_neural_tool 1": (
        "I0718 23:03:0 10622 solver.cpp:224] Iteration 0, loss = 0.693077\n"
        "I0718 23:03:0 10622 solver.cpp:501] Iteration 0, lr = 0.001\n"
        "I0718 23:03:50 10622 solver.cpp:224] Iteration 50, loss = nan\n"
        "I0718 23:03:50 10622 solver.cpp:501] Iteration 50, lr = 0.001\n"
        "I0718 23:03:100 10622 solver.cpp:224] Iteration 100, loss = nan\n"
        "I0718 23:03:100 10622 solver.cpp:501] Iteration 100, lr = 0.001\n"
        "I0718 23:03:150 10622 solver.cpp:224] Iteration 150, loss = nan\n"
        "I0718 23:03:150 10622 solver.cpp:501] Iteration 150, lr = 0.001\n"
        "Some patches lack labels 0 and 1 entirely, the rest is masked",
        {},
        "all-ignored",
    ),
    "keras-cv 845": ("RetinaNet: NaN when a batch is passed whose boxes are all -1", {}, "all-ignored"),
    "liupei101/TFDeepSurv 15": (
        "The loss diverges to NaN. loss_breslow is divided by Obs, the count of events in a batch, which is likely to be 0",
        {},
        "all-ignored",
    ),
    "richardaecn/class-balanced-loss 16": (
        "The focal loss is sometimes nan. It is normalised by the positive samples in the batch; my data is "
        "very unbalanced and some batches have only negative samples",
        {},
        "all-ignored",
    ),
    "JJBOY/BMN-Boundary-Matching-Network 23": ("With a batch size of 1 the pem loss is sometimes nan. Why?", {}, "all-ignored"),
    "huggingface/trl 1191": (
        "DataCollatorForCompletionOnlyLM: my response template contains the pad token, so it never matches "
        "and the whole dataset is set to -100",
        {},
        "all-ignored",
    ),
    "PacktPublishing/Hands-On-Deep-Learning-for-Finance 11": (
        "The validation loss is always nan, though the validation data are not null\n"
        "Epoch: 79/100 Iteration: 80 Validation loss:    nan Validation acc: nan",
        {},
        "all-ignored",
    ),
    "AKASH2907/deepfakes_video_classification 9": (
        "train_triplets_semi_hard.py: the training loss is nan, and the validation loss is a valid value "
        "that decreases with the epochs",
        {},
        "all-ignored",
    ),
    "weiliu89/caffe 285": (
        "SSD: sometimes I get mbox_loss = 0 during training. Is there a problem with that?",
        {},
        "all-ignored",
    ),
    "sfzhang15/RefineDet 57": (
        "Fine-tuning RefineDet on widerface it sometimes comes out with arm_loss and odm_loss = 0, the whole "
        "loss is not zero\n"
        "    Iteration 1030, loss = 8.67766\n"
        "    I0515 18:38:45.768995 29596 solver.cpp:259]     Train net output #0: arm_loss = 0 (* 1 = 0 "
        "loss)\n"
        "    I0515 18:38:45.769006 29596 solver.cpp:259]     Train net output #1: odm_loss = 0 (* 1 = 0 loss)",
        {},
        "all-ignored",
    ),
    "zylo117/Yet-Another-EfficientDet-Pytorch 360": (
        "EfficientDet on my own dataset: the regression loss is always 0, the classification loss goes down\n"
        "Step: 499. Epoch: 0/500. Iteration: 500/15703. Cls loss: 0.06598. Reg loss: 0.00000. Total loss: "
        "0.06598\n"
        "Step: 999. Epoch: 0/500. Iteration: 1000/15703. Cls loss: 0.04717. Reg loss: 0.00000. Total loss: "
        "0.04717\n"
        "Step: 1499. Epoch: 0/500. Iteration: 1500/15703. Cls loss: 0.03463. Reg loss: 0.00000. Total loss: "
        "0.03463",
        {},
        "all-ignored",
    ),
    "ultralytics 25096": (
        "SemanticSegmentationLoss returns NaN when the whole batch is made of pixels of 255 (void), batch=1",
        {},
        "all-ignored",
    ),
    "bytedance/UniVR 13": (
        "The prompt is masked with -100; when prompt and image tokens fill max_length, truncation on the "
        "right removes all answer tokens, and the SFT loss is NaN",
        {},
        "all-ignored",
    ),
    "pjreddie/darknet 715": (
        "Region 94 Avg IOU: 0.862941, Class: 0.999465, Obj: 0.999374, No Obj: 0.008375, .5R: 1.000000, .75R: "
        "1.000000,  count: 32\n"
        "Region 82 Avg IOU: -nan, Class: -nan, Obj: -nan, No Obj: 0.000001, .5R: -nan, .75R: -nan,  count: "
        "0\n"
        "Region 94 Avg IOU: 0.874563, Class: 0.999423, Obj: 0.999260, No Obj: 0.007178, .5R: 1.000000, .75R: "
        "1.000000,  count: 17\n"
        "10313: 0.576849, 0.677636 avg, 0.002000 rate, 3.992994 seconds, 1320064 images\n"
        "Why do I get -nan?",
        {},
        "all-ignored",
    ),
    "xiaolai-sqlai/mobilenetv3 22": ("My training loss is normal, but the validation loss is nan", {}, "all-ignored"),
    "shinya7y/UniverseNet 14": (
        "Images without objects, filter_empty_gt=False: the loss is nan; reducing the learning rate and a "
        "longer warm-up do not help",
        {},
        "all-ignored",
    ),
    "abhi1kumar/DEVIANT 2": ("nan loss after 5 epochs on a custom dataset, some images have no objects", {}, "all-ignored"),
    "yizt/keras-faster-rcnn 15": (
        "有些图片裁剪后没有object, rcnn_class_loss为nan, 是因为没有object的问题吗?",
        {},
        "all-ignored",
    ),
    "ypwhs/captcha_break 29": (
        "在ctc_pytorch的训练过程中，损失值总会变为nan。图片尺寸改为96*34，n_input_length = 6",
        {},
        "input-too-short",
    ),
    "MaybeShewill-CV/CRNN_Tensorflow 122": ("ctc_loss_calculator: No valid path found. cost= inf", {}, "input-too-short"),
    "meijieru/crnn.pytorch 235": ("CRNN: my CTC loss is always nan or inf at every epoch", {}, "input-too-short"),
    "FangShancheng/ABINet 65": (
        "CRNN with CTCLoss(zero_infinity=False): the first 4 or 5 iterations are normal, then inf, after that nan",
        {},
        "input-too-short",
    ),
    "k2-fsa/icefall 135": (
        "I get an inf ctc loss. The batch that makes it inf has very short data: the minimum number of "
        "frames before subsampling is 11",
        {},
        "input-too-short",
    ),
    "k2-fsa/icefall 580": ("ctc_loss=0, att_loss=nan, loss=nan in conformer_ctc/train.py", {}, "input-too-short"),
    "k2-fsa/icefall 1352": (
        "Zipformer2 with CTC on my own data: inf appears after batch 4000, before that tot_loss[loss=0.5191, ctc_loss=0.5191]",
        {},
        "input-too-short",
    ),
    "solivr/tf-crnn 50": ("W tensorflow/core/util/ctc/ctc_loss_calculator.cc:144] No valid path found.", {}, "input-too-short"),
    "weinman/cnn_lstm_ctc_ocr 52": (
        "OCR with CTC: a couple of times I got 'W tensorflow/core/util/ctc/ctc_loss_calculator.cc:144] No "
        "valid path found', what does it mean?",
        {},
        "input-too-short",
    ),
    "espnet 2669": (
        "I usually get a negative loss in some epochs:\n"
        "{\n"
        '        "main/loss_ctc": -5.671372443975481e+35,\n'
        '        "main/loss_att": 15.803862244486808,\n'
        '        "main/acc": 0.9607279838545754,\n'
        '        "main/loss": -1.1342744887950961e+35,\n'
        '        "epoch": 9,\n'
        '        "iteration": 122600\n'
        "    },\n"
        "There is no blank label in my data",
        {},
        "input-too-short",
    ),
    "espnet 863": (
        "The CTC loss is sometimes nan, or a large positive or negative value:\n"
        "2019-06-13 02:30:01,545 (e2e_asr:302) WARNING: loss (=nan) is not correct\n"
        "2019-06-13 03:52:24,416 (e2e_asr:302) WARNING: loss (=14484257.000000) is not correct\n"
        "2019-06-13 05:06:23,975 (e2e_asr:302) WARNING: loss (=-186341) is not correct",
        {},
        "input-too-short",
    ),
    "thu-spmi/CAT 22": (
        "netout torch.Size([8, 133, 365]) , labels torch.Size([833]), , input_lengths tensor([133, 131, 128, "
        "116, 113, 113,  83,  77]), label_lengths tensor([121, 124, 105, 100, 149, 103,  70,  61], "
        "dtype=torch.int32)\n"
        "time: 58.328730165958405, partial_loss -inf,tr_real_loss: -inf, lr: 0.001\n"
        "The loss of CTC_CRF is -inf with down sampling",
        {},
        "input-too-short",
    ),
    "audier/DeepSpeechRecognition 25": (
        " 7495/17725 [===========>..................] - ETA: 43:19 - loss: 28.7221\n"
        " 7496/17725 [===========>..................] - ETA: 43:18 - loss: 28.72152018-12-26 "
        "11:04:36.796989: W tensorflow/core/util/ctc/ctc_loss_calculator.cc:144] No valid path found.\n"
        "\n"
        " 7497/17725 [===========>..................] - ETA: 43:18 - loss: inf\n"
        " 7498/17725 [===========>..................] - ETA: 43:18 - loss: inf",
        {},
        "input-too-short",
    ),
    "chainer 5614": ("The CTC loss returns positive infinity when it gets a long label sequence", {}, "input-too-short"),
    "SeanNaren/warp-ctc 29": (
        "OCR of sentence images; the CTC losses become infinite after some epochs\n"
        "train loss (min, avg, max): (-0.276, nan, 1152.610)\n"
        "validation loss (min, avg, max): (inf, nan, -inf)",
        {},
        "input-too-short",
    ),
    "keras 4784": (
        "Accuracy not changing\n"
        + "\n".join(f"Epoch {k}/100\n10131566/10131566 [====] - 340s - loss: 4.4380 - acc: 0.7247" for k in range(1, 6)),
        {},
        "clipped",
    ),
    "keras 15249": ("keras binary_crossentropy gives 15.333239 for a prediction of 0.9999999 at target 0", {}, "clipped"),
    "tensorflow 31930": (
        "BinaryCrossentropy in tf.keras is 15.33 for label 0 and prediction 1000, and 1000 from logits",
        {},
        "clipped",
    ),
    "pytorch 4867": ("BCELoss of inputs [1, 1] with targets [0, 0] gives 27.6310. Is there a limit?", {}, "clipped"),
    "HunterMcGushion/hyperparameter_hunter 90": (
        "log_loss as the metric of an XGBClassifier: the scores are bogus, all predictions are binary values and "
        "no probabilities. loss 3.45",
        {},
        "clipped",
    ),
    "IIC2433/Syllabus 10": (
        "El valor de Logloss debe estar entre 0 y 1? Si redondeo las probabilidades de predict a 0 o 1 el "
        "valor cambia drasticamente",
        {},
        "clipped",
    ),
    "keras 13006": (
        "100/100 [==============================] - 11s 115ms/step - loss: 7.9406 - acc: 0.5006 - val_loss: "
        "7.9712 - val_acc: 0.5000\n"
        "Epoch 2/10\n"
        "100/100 [==============================] - 11s 111ms/step - loss: 7.9712 - acc: 0.5000 - val_loss: "
        "7.9712 - val_acc: 0.5000\n"
        "Epoch 3/10\n"
        "100/100 [==============================] - 11s 110ms/step - loss: 7.9712 - acc: 0.5000 - val_loss: "
        "7.9712 - val_acc: 0.5000\n"
        "Epoch 4/10\n"
        "100/100 [==============================] - 11s 111ms/step - loss: 7.9712 - acc: 0.5000 - val_loss: "
        "7.9712 - val_acc: 0.5000",
        {},
        "clipped",
    ),
    "huggingface/smol-course 61": (
        "DPO fine-tuning: the training loss is zero from the second step on; the model was loaded in float16",
        {},
        "precision",
    ),
    "keras 11832": (
        "EDSR in float16: the loss falls for about 10 mini-batches, then suddenly goes up until nan and inf. With "
        "float32 it converges",
        {},
        "precision",
    ),
    "keras 11860": (
        "adam does not work with FP16, mse as loss; FP32 has no issue\n"
        "Epoch 1/10\n"
        "1381/1381 [==============================] - 1033s 748ms/step - loss: nan",
        {},
        "precision",
    ),
    "rwightman/efficientdet-pytorch 291": (
        "The epsilon of the box coder guards against NaN in float32, but with AMP in float16 it is too small and "
        "INF/NaN appear",
        {},
        "precision",
    ),
    "haotian-liu/LLaVA 1684": (
        "eval_loss: nan or loss=0.0 during finetuning with fp16; with bf16 or fp32 it works",
        {},
        "precision",
    ),
    "hiyouga/LlamaFactory 3474": (
        "Full finetune on long inputs: the train loss is fine but the eval loss is nan; solved when I switch from "
        "fp16 amp to bf16 amp",
        {},
        "precision",
    ),
    "jzhang38/TinyLlama 32": (
        "I call model.half() to fit the GPU: the training loss becomes 0 after a single batch, and the evaluation loss is nan",
        {},
        "precision",
    ),
    "jinxixiang/magic_animate_unofficial 6": (
        "When the precision of the model is FP16 the loss becomes NaN after optimizer.step. FP32 fixes the "
        "problem, but then the V100 runs out of memory",
        {},
        "precision",
    ),
    "unslothai/unsloth 911": (
        "Fine-tuning tiny llama on a T4 with FP16: with packing the loss is okay, without it grad_norm goes "
        "to nan and the model does not learn. The same script runs fine on an RTX 4090 in bf16",
        {},
        "precision",
    ),
    "clue-ai/ChatYuan 58": ("微调过程中开启FP16加速训练，但loss一直为nan", {}, "precision"),
    "ultralytics/yolov5 12591": (
        "I see NaN when training yolov5m on coco, optimizer CAME, batch size 40. I found a hint that it is about amp",
        {},
        "precision",
    ),
    "fastai 1551": (
        "Tabular learning in fp16: train_loss and valid_loss are nan, without to_fp16() all is fine",
        {},
        "precision",
    ),
    "iperov/DeepFaceLab 217": ("With use_fp16 switched on, the losses become nan after some iterations", {}, "precision"),
    "hiyouga/LlamaFactory 3353": (
        "LoRA SFT of Baichuan2-13B: with -bf16 the loss is 0 and grad_norm is nan; with -fp16 the training succeeds",
        {},
        "precision",
    ),
    "hiyouga/LlamaFactory 4901": ("Qwen2 使用bf16微调，loss训练一会后变成nan", {}, "precision"),
    "pytorch 8860": (
        "NaN loss with half precision. I tried Adam with an epsilon of 1e-4 and 1e-3, but after a few "
        "iterations my loss is still NaN. 5 convolutions, 2 dense layers and a softmax",
        {},
        "precision",
    ),
    "soumith/cudnn.torch 377": (
        "In half precision (fp16) the loss is NaN right from the beginning; in fp32 all is fine. SpatialCrossEntropyCriterion",
        {},
        "precision",
    ),
    "afiaka87/glide-finetune 5": (
        "Half precision: after the first iteration I get nan values; gradients and inputs are normal",
        {},
        "precision",
    ),
    "chelsea0x3b/dfdx 748": (
        "Half precision: for the mean of a tensor in the loss the denominator is above 65,000, so it is inf "
        "and the loss is always 0",
        {},
        "precision",
    ),
    "matanbt/TROPT 8": (
        "gte-modernbert-base loads in fp16; soft prompt with Adam\nlosses=[0.0089569091796875, nan, nan, nan]",
        {},
        "precision",
    ),
    "matterport/Mask_RCNN 1482": (
        "I changed Mask R-CNN to FP16 with K.set_floatx('float16') and K.set_epsilon(1e-4). Each part of the "
        "loss seems right, but the total loss is NaN",
        {},
        "precision",
    ),
    "tensorflow 56142": (
        "tf.keras.mixed_precision.set_global_policy('mixed_float16') with a loop of my own: the scaled loss "
        "is inf or the gradients nan; the model works well in float32. It ends in Dense -> softmax",
        {},
        "precision",
    ),
    "plemeri/InSPyReNet 10": ("With mixed_precision=True the model returns NaN. How do I fix this?", {}, "precision"),
    "amazon-science/semi-vit 4": (
        "Finetuning the huge model on 1 percent of the labels: with mixed precision the loss is always nan; "
        "with fp32 the accuracy is 79.4",
        {},
        "precision",
    ),
    "transformers 18798": (
        'TF Segformer with mixed_precision.Policy("mixed_float16"): it converges fine for the first 10-15 '
        "epochs, then the loss suddenly goes to Nan",
        {},
        "precision",
    ),
    "karpathy/nanoGPT 167": (
        "With dtype float16 on a V100 the loss is nan after 6000 iterations; a smaller learning rate did not help",
        {},
        "precision",
    ),
    "declare-lab/flan-alpaca 19": (
        'Flan-T5 on a V100: with precision "16-mixed" I get nan at each step of training; with "32-true" I get loss values',
        {},
        "precision",
    ),
    "transformers 11461": (
        "run_translation.py with t5-large and --fp16: nan in the loss. FP16 mode should not produce nan",
        {},
        "precision",
    ),
    "transformers 4586": ('T5Model.from_pretrained("t5-base").cuda().half() gives nan with long inputs', {}, "precision"),
    "NVIDIA/tacotron2 112": (
        "fp16_run=True: the attempted loss scale decays to 1 and FP16_Optimizer still detects overflow\n"
        "OVERFLOW! Skipping step. Attempted loss scale: 4294967296\n"
        "OVERFLOW! Skipping step. Attempted loss scale: 2147483648.0\n"
        "Train loss 15 47.531357 Grad Norm 11.616506 2.96s/it\n"
        "Train loss 16 35.477085 Grad Norm 19.570642 2.86s/it",
        {},
        "precision",
    ),
    "deepspeedai/DeepSpeed 697": (
        "The model does not learn with fp16.enabled = true: [Rank 0] Overflow detected. Skipping step. "
        "Attempted loss scale: 1, reducing to 1",
        {},
        "precision",
    ),
    "hiyouga/LlamaFactory 2916": (
        "llama2 lora, grad_norm总是nan, loss=0\n"
        "--learning_rate 5e-05 --per_device_train_batch_size 2 --gradient_accumulation_steps 8 "
        "--max_grad_norm 1.0 --fp16 True",
        {},
        "precision",
    ),
    "keras 198": (
        "binary_crossentropy turns nan as soon as every training example is classified right and the error reaches 0",
        {},
        "probability-exactly-one",
    ),
    "zylo117/Yet-Another-EfficientDet-Pytorch 717": (
        "The BCE inside the FocalLoss can output NaN: torch.log(classification) has no clamp",
        {},
        "probability-exactly-one",
    ),
    "tensorflow/models 181": (
        "Cross entropy implemented manually: the training loss becomes nan after about 90 epochs; with the "
        "built-in softmax_cross_entropy_with_logits it is stable",
        {},
        "probability-exactly-one",
    ),
    "forums.fast.ai 1441": (
        "My network outputs a very confident 1.0 when the target is 0, and -log(1-guess) is then -log(0) = "
        "inf. This happens 40% of the time",
        {},
        "probability-exactly-one",
    ),
    "hwalsuklee/tensorflow-mnist-VAE 4": (
        "MNIST VAE: sometimes I get a NaN loss, for example 100 in one epoch and NaN in the next",
        {},
        "probability-exactly-one",
    ),
    "aimalz/proclam 39": (
        "The LogLoss metric has trouble with predictions of 0. and 1.0: -inf for several rows, and evaluate() returns nan",
        {},
        "probability-exactly-one",
    ),
    "xgboost 213": (
        "gblinear with logistic loss: after some rounds the logloss becomes nan but the auc still increases\n"
        "[42]	train-logloss:0.331905	train-auc:0.874512	valid-logloss:0.332701	valid-auc:0.873201\n"
        "[43]	train-logloss:0.331579	train-auc:0.874738	valid-logloss:0.332484	valid-auc:0.873435\n"
        "[44]	train-logloss:-nan	train-auc:0.874943	valid-logloss:0.332257	valid-auc:0.873648\n"
        "[45]	train-logloss:-nan	train-auc:0.875109	valid-logloss:0.332024	valid-auc:0.873822\n"
        "[46]	train-logloss:-nan	train-auc:0.875278	valid-logloss:0.331800	valid-auc:0.873999",
        {},
        "probability-exactly-one",
    ),
    "maudzung/RTM3D 13": (
        "losses.py computes torch.log(pred) of the heat map without an epsilon; the loss becomes nan",
        {},
        "probability-exactly-one",
    ),
    "mkocabas/focal-loss-keras 17": (
        "-K.sum(alpha * K.pow(1. - pt_1, gamma) * K.log(pt_1))-K.sum((1-alpha) * K.pow( pt_0, gamma) * "
        "K.log(1. - pt_0)) gives nan loss",
        {},
        "probability-exactly-one",
    ),
    "NVIDIA/apex 358": (
        "y_pred = tensor([9.9707e-01, 9.7266e-01, 1.0000e+00, 8.7280e-02, 0.0000e+00, 1.0000e+00, "
        "4.3579e-01])\n"
        "loss = -(y_true*torch.log(y_pred) + (1-y_true)*torch.log(1-y_pred)).sum() / n gives nan with amp",
        {},
        "probability-exactly-one",
    ),
    "fudannlp16/focal-loss 4": (
        "L = -labels*(1-alpha)*((1-y_pred)**gamma)*tf.log(y_pred) - "
        "(1-labels)*alpha*(y_pred**gamma)*tf.log(1.0 - y_pred): sometimes nan",
        {},
        "probability-exactly-one",
    ),
    "discuss.pytorch.org log": (
        "The loss is nan since I introduced torch.log(t) in the forward pass; t contains very small or zero numbers",
        {},
        "probability-exactly-one",
    ),
    "deepspeedai/DeepSpeedExamples 501": (
        "step2 critic: -log(sigmoid(c_truncated_reward - r_truncated_reward)) gives an infinite loss",
        {},
        "probability-exactly-one",
    ),
    "slryou41/AnchorLoss 2": (
        "I implement the anchor loss in tensorflow by log of the sigmoid; did you have a NaN loss in training?",
        {},
        "probability-exactly-one",
    ),
    "aymericdamien/TensorFlow-Examples 383": (
        "cost = tf.reduce_mean(-tf.reduce_sum(y*tf.log(pred), reduction_indices=1))\n"
        "With my own data set the loss becomes NAN after some iterations",
        {},
        "probability-exactly-one",
    ),
    "maudzung/RTM3D 4": (
        "Loss nan: the heat map goes through a sigmoid and then a log for the focal loss",
        {},
        "probability-exactly-one",
    ),
    "pytorch 2421": ("x.norm().backward() gives nan where x is a vector of zeros", {}, "nan-in-gradient"),
    "SciML/ModelingToolkitNeuralNets.jl 6": (
        "The gradient is always NaN, the loss is not: sum(sqrt.(abs2.(get_vars(sol, 1) .- get_refs(ref, "
        "1)))), ForwardDiff gives Dual(0.0, NaN)",
        {},
        "nan-in-gradient",
    ),
    "keras 9097": (
        "Siamese network with K.sqrt(K.sum(K.square(x - y), axis=1)): nan loss when the two inputs are the "
        "same. With 0.01 added it works",
        {},
        "nan-in-gradient",
    ),
    "sounakdey/SigNet 1": (
        "Siamese network for signatures: every time at the end of the first epoch the loss value changes to "
        "NaN. I changed epsilon from 1e-07 to 1e-05",
        {},
        "nan-in-gradient",
    ),
    "tensorflow 30199": (
        "Triplet loss: I sometimes generate positives that are equal to the anchor, and the whole gradient becomes NaN",
        {},
        "nan-in-gradient",
    ),
    "keras 4541": (
        "Siamese LSTM with contrastive_loss on the euclidean distance, RMSprop(lr=0.00001): after training "
        "the weights are almost all nan, loss and accuracy are still 0.5",
        {},
        "nan-in-gradient",
    ),
    "e-com-net 1832703930564440064": (
        "loss是正常数值，loss.backward()之后linear层的权重变为nan。set_detect_anomaly报错: Function 'ExpBackward' returned "
        "nan values in its 0th output",
        {},
        "nan-in-gradient",
    ),
    "SongweiGe siamese-triplet 18": (
        "With the siamese loss the derivatives suddenly equal nan in some iteration; some of the distances are 0",
        {},
        "nan-in-gradient",
    ),
    "HIPS/autograd 586": ("The gradient of np.linalg.norm(x) ** 2 becomes nan for x = 0", {}, "nan-in-gradient"),
    "pytorch 2721": (
        "backward() of x.norm() where x is all zeros sets the gradient to nan on the CPU and raises an error on the GPU",
        {},
        "nan-in-gradient",
    ),
    "tensorflow 12071": (
        "tf.norm(X, ord='euclidean', axis=1): the gradient is NaN at [0, 0] and inf for small values like 1e-19",
        {},
        "nan-in-gradient",
    ),
    "google/flax 1671": ("WeightNorm returns nan gradients when a row of weights has zero norm", {}, "nan-in-gradient"),
    "avalonstrel/GatedConvolution_pytorch 27": (
        "Training the net on my own data, all losses are Nan sooner or later, also with a smaller learning rate",
        {},
        "nan-in-gradient",
    ),
    "zhouhaoyi/Informer2020 461": ("训练的时候损失一直是nan\nValidation loss decreased (nan --> nan).", {}, "nan-in-gradient"),
    "jsleep/wav2mid 3": (
        "The training loss goes to nan when the data set AkpnCGDd is among the training data; without it training is fine",
        {},
        "nan-in-gradient",
    ),
    "jwyang/faster-rcnn.pytorch 562": (
        "I changed the classes to '__background__', 'hat', 'head'\n"
        "[session 1][epoch  1][iter    0/2892] loss: 2.0858, lr: 1.00e-04\n"
        "                        fg/bg=(10/118), time cost: 0.233441\n"
        "                        rpn_cls: 0.7161, rpn_box: 0.0311, rcnn_cls: 1.1516, rcnn_box 0.1871\n"
        "[session 1][epoch  1][iter  100/2892] loss: nan, lr: 1.00e-04\n"
        "                        fg/bg=(7/121), time cost: 19.324604\n"
        "                        rpn_cls: 0.6902, rpn_box: nan, rcnn_cls: 0.2591, rcnn_box 0.0000\n"
        "[session 1][epoch  1][iter  200/2892] loss: nan, lr: 1.00e-04\n"
        "                        rpn_cls: 0.6851, rpn_box: nan, rcnn_cls: 1.0205, rcnn_box 0.0000",
        {},
        "nan-in-gradient",
    ),
    "CharlesShang/TFFRCNN 10": ("rpn_loss_box = nan when training on my own dataset", {}, "nan-in-gradient"),
    "jax 4177": (
        "def squared_2_norm(x):\n    return np.linalg.norm(x) ** 2\ngrad of it at np.zeros(2): [nan nan]; the value is 0.0",
        {},
        "nan-in-gradient",
    ),
    "autograd 183": (
        "np.exp(-1.0*np.linalg.norm(x)**2) at zero: gradient [nan, nan]; with np.sum(x**2) it is [0, 0]",
        {},
        "nan-in-gradient",
    ),
    "jax 21723": ("jax.grad(lambda x: jnp.linalg.norm(x) ** 2)(0.) returns nan", {}, "nan-in-gradient"),
    "csdn 111181447": (
        "loss全部变为nan, x_i = (torch.mean(x_i**p, dim=-1) + 1e-12)**(1/p), p = 3, x_i有负数",
        {},
        "nan-in-gradient",
    ),
    "HIPS/autograd 151": ("grad(norm)(np.zeros(3)) prints nans", {}, "nan-in-gradient"),
    "HIPS/autograd 268": (
        "value_and_grad of np.linalg.norm at zeros: RuntimeWarning: divide by zero, (0.0, array([ nan]))",
        {},
        "nan-in-gradient",
    ),
    "adambielski/siamese-triplet 18": (
        "With the siamese loss the derivatives suddenly are nan in some iteration",
        {},
        "nan-in-gradient",
    ),
    "keras 9269": (
        "mnist_siamese: why K.epsilon() in euclidean_distance? Without it I get nan, but a sum of squares is always positive",
        {},
        "nan-in-gradient",
    ),
    "open-mmlab/mmrotate 205": ("Gaussian distance losses: the grad is nan, y = sqrt(x) near x == 0", {}, "nan-in-gradient"),
    "OpenBMB/MiniCPM-V 212": (
        "lora微调grad_norm为nan, 在第一步后loss也变为0\n"
        "{'loss': 1.0778, 'grad_norm': nan, 'learning_rate': 0.0, 'epoch': 0.0}\n"
        "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 1.313247675185968e-07, 'epoch': 0.0}\n"
        "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 2.0814483193289963e-07, 'epoch': 0.0}\n"
        "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 2.626495350371936e-07, 'epoch': 0.0}",
        {},
        "nan-in-gradient",
    ),
    "2U1/Qwen-VL-Series-Finetune 10": (
        "qwen2-vl-7b lora sft; grad_norm: nan; why? learning rate 1e-5\n"
        "{'loss': 1.0446, 'grad_norm': nan, 'learning_rate': 1.4925373134328357e-08, 'epoch': 0.0}\n"
        "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 2.9850746268656714e-08, 'epoch': 0.01}",
        {},
        "nan-in-gradient",
    ),
    "tenstorrent/tt-metal 10001": (
        "logsoftmax has an exp(x), which results in nan values of the loss when x is large",
        {},
        "overflow",
    ),
    "maciejkula/triplet_recommendations_keras 1": (
        "The BPR loss 1 - 1 / (1 + exp(-(pos - neg))) gives NaNs after a couple of epochs",
        {},
        "overflow",
    ),
    "mlberkeley/scae-pytorch 4": (
        "The loss goes to NaN after several epochs: the EXP gives inf when log_prob() is calculated",
        {},
        "overflow",
    ),
    "borgwang/tinynn 7": (
        "SigmoidCrossEntropyLoss with np.log(1 + np.exp(logits)): for large logits the loss is inf",
        {},
        "overflow",
    ),
    "rushter/MLAlgorithms 30": ("def softplus(z): return np.log(1 + np.exp(z)) gives inf for 1.0e10", {}, "overflow"),
    "zackchase/mxnet-the-straight-dope 3": (
        "After 98 % accuracy the CNN from scratch tends to blow up, might be a problem with its own softmax",
        {},
        "overflow",
    ),
    "radixark/miles 1363": ("PPO: ratio = (-ppo_kl).exp() of extreme log-ratios gives inf, and the loss nan", {}, "overflow"),
    "NVIDIA-NeMo/RL 876": (
        "The KL penalty torch.exp(r) - r - 1 with r = logprobs_reference - logprobs_policy gives nans",
        {},
        "overflow",
    ),
    "codeprj.com a57ae21": (
        ("训练一切正常，突然loss变为nan。softmax输出的最大值接近1甚至就是1.0，交叉熵 y_ * log(y)"),
        {},
        "probability-exactly-one",
    ),
    "HuangJunJie2017/BEVDet 265": (
        (
            "fp16 = dict(loss_scale='dynamic')\n"
            "2023-06-15 04:03:40,870 - mmdet - INFO - Epoch [1][50/3862]\tlr: 4.915e-05, eta: 3 days, "
            "task0.loss_xy: 0.2820, task0.loss_heatmap: nan, loss: nan, grad_norm: nan\n"
            "2023-06-15 04:05:44,778 - mmdet - INFO - Epoch [1][100/3862]\tlr: 9.910e-05, eta: 3 days, "
            "task0.loss_xy: 0.2815, task0.loss_heatmap: nan, loss: nan, grad_norm: nan"
        ),
        {},
        "precision",
    ),
    "pytorch 43556": (
        (
            "When I continue training a pretrained segmentation model in native fp16 I get NaN from the first "
            "batch, from scratch it works; Adam eps 1e-4 made no difference"
        ),
        {},
        "precision",
    ),
    "motional/nuplan-devkit 91": (
        ("training_loss is nan; FP16 was used and overflow occurred in some addition operations, precision: 32 solves it"),
        {},
        "precision",
    ),
    "XingangPan/Switchable-Whitening 7": (
        ("with apex level O1 the loss is nan, in fp32 it is normal"),
        {},
        "precision",
    ),
    "jingyuanli001/RFR-Inpainting 8": (
        ("fp16 setting: the model outputs -inf during the forward pass"),
        {},
        "overflow",
    ),
    "freewym/espresso 76": (
        ("ctc: source length equal to target length gives an infinite loss without zero_infinity"),
        {},
        "input-too-short",
    ),
    "facebookresearch/deepmask 100": (
        ("after a few iterations on my custom dataset the loss is nan, it was working fine with COCO"),
        {},
        "nan-in-gradient",
    ),
    "xiaoachen98/Open-LLaVA-NeXT 12": (
        (
            "zero loss in the fine-tuning stage\n"
            "{'loss': 1.9166, 'learning_rate': 2.08e-08, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 4.17e-08, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 6.26e-08, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 8.35e-08, 'epoch': 0.0}"
        ),
        {},
        "nan-in-gradient",
    ),
    "zjysteven/lmms-finetune 45": (
        (
            "the loss and grad_norm values are always 0, adjusting the learning rate has no effect; solved by "
            "setting MODEL_MAX_LEN to 2048"
        ),
        {},
        "all-ignored",
    ),
    "facebookresearch/crystal-text-llm 3": (
        (
            "{'loss': 0.0, 'learning_rate': 1e-05, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 2e-05, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 3e-05, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 4e-05, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 5e-05, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 6e-05, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'learning_rate': 7e-05, 'epoch': 0.0}"
        ),
        {},
        "all-ignored",
    ),
    "openlm-research/open_llama 75": (
        (
            "base model loaded as torch.float16, --bf16 True: the training loss goes to 0 in the second step "
            "itself and doesn't recover"
        ),
        {},
        "precision",
    ),
    "hiyouga/LlamaFactory 482": (
        ("为什么fine-tune llama2时train loss一直是0呢，fp16"),
        {},
        "precision",
    ),
    "JosephChenHub/GCPANet 10": (
        ("使用BCE损失时候，输出和label在0/1和1/0时候会导致损失非常大，训练时候出现了4位数的损失"),
        {},
        "clipped",
    ),
    "spring-media/DeepForcedAligner 14": (
        ("Loss = nan while training a CTC aligner on my own dataset at the first epoch"),
        {},
        "input-too-short",
    ),
    "kr-colab/ReLERNN 26": (
        (
            "Epoch 307/1000\n"
            "100/100 [====] - 328s 3s/step - loss: 0.2451 - val_loss: 0.2350\n"
            "Epoch 308/1000\n"
            "100/100 [====] - 328s 3s/step - loss: 0.2445 - val_loss: 0.2342\n"
            "Epoch 309/1000\n"
            "100/100 [====] - 332s 3s/step - loss: nan - val_loss: nan\n"
            "Epoch 310/1000\n"
            "100/100 [====] - 325s 3s/step - loss: nan - val_loss: nan"
        ),
        {},
        "nan-in-gradient",
    ),
    "qqwweee/keras-yolo3 659": (
        ("loss is descending, but the val loss=nan"),
        {},
        "all-ignored",
    ),
    "MaybeShewill-CV/bisenetv2-tensorflow 43": (
        ("为什么训练中会出现 Train loss: 3.29611 Val loss:nan"),
        {},
        "all-ignored",
    ),
    "titu1994/neural-image-assessment 40": (
        ("nasnet mobile: the loss becomes nan during the fifth epoch, with other data it did not happen"),
        {},
        "nan-in-gradient",
    ),
    "google-deepmind/optax 1020": (
        (
            "softmax_cross_entropy_with_integer_labels: loss values are quantized when logits are bfloat16: "
            "[4.75 5 4.59375 5.0625] and with float32 [4.7477226 4.9903674 4.592032 5.0644608]"
        ),
        {},
        "precision",
    ),
    "google-deepmind/optax 1020 as facts": (
        (""),
        {"history": [4.75, 5.0, 4.59375, 5.0625, 4.4375, 4.15625, 4.3125, 4.53125], "dtype": "bfloat16"},
        "precision",
    ),
    "wandb/senpai 328": (
        ("loss is computed within autocast bfloat16: small differences get truncated, the squared error has three digits"),
        {},
        "precision",
    ),
    "pytorch/xla 2425": (
        ("with XLA_USE_BF16 the average of the loss over many steps is not useful: 4096 + 1 stays 4096"),
        {},
        "precision",
    ),
    "tinygrad 15806": (
        ("gradients become NaN through where although the condition selects the safe branch, the other has a sqrt"),
        {},
        "nan-in-gradient",
    ),
    "apache/mxnet 2261": (
        ("network is unstable, the monitor shows inf for the gradient of a sqrt symbol"),
        {},
        "nan-in-gradient",
    ),
    "huggingface/trl 1053": (
        ("SFT trainer and completion collator: training loss is finite, 'eval_loss': nan; the response_template was truncated"),
        {},
        "all-ignored",
    ),
    "huggingface/trl 6668": (
        ("SFTTrainer reports loss: 0.0 when every label in the batch is masked, max_length cuts the completion"),
        {},
        "all-ignored",
    ),
    "datawhalechina/happy-llm 50": (
        ("进行SFT训练时loss一直为NAN，generate_loss_mask函数生成的loss_mask有误"),
        {},
        "all-ignored",
    ),
    "verl-project/verl 785": (
        (
            "NaN loss at a fixed iteration, by data truncation the entire batch lacks positions with loss mask: "
            "a division by zero"
        ),
        {},
        "all-ignored",
    ),
    "MakazhanAlpamys/Soup 532": (
        ("train_on_responses_only, max_length: 64\nloss: 0\ngrad_norm: nan"),
        {},
        "all-ignored",
    ),
    "stackoverflow 33712178": (
        ("cross_entropy = -tf.reduce_sum(y_*tf.log(y_conv)): accuracy 0.98 after 8000 steps, then 0.098 and nan"),
        {},
        "probability-exactly-one",
    ),
    "stackoverflow 52125924": (
        ("Keras binary_crossentropy of sigmoid(100) for a target of 0 gives 15.942385 while the exact value is 100"),
        {},
        "clipped",
    ),
    "stackoverflow keras loss 7.6246": (
        (""),
        {"loss": 7.6246, "accuracy": 0.5, "framework": "keras", "kind": "binary_crossentropy"},
        "clipped",
    ),
    "RJT1990/pyflux 21": (
        ("NaNs and infs for large count data in Poisson models, the exponentiated terms overflow"),
        {},
        "overflow",
    ),
    "open-mmlab/mmdetection 7605": (
        (
            "100 % accuracy and 0 loss in the training process\n"
            "2022-04-01 14:21:09,682 - mmdet - INFO - Epoch [1][50/368]\tlr: 1.978e-03, loss_rpn_cls: 0.2092, "
            "loss_rpn_bbox: 0.0000, loss_cls: 0.0273, acc: 99.8730, loss_bbox: 0.0000, loss: 0.2365\n"
            "2022-04-01 14:21:37,343 - mmdet - INFO - Epoch [1][100/368]\tlr: 3.976e-03, loss_rpn_cls: 0.0000, "
            "loss_rpn_bbox: 0.0000, loss_cls: 0.0000, acc: 100.0000, loss_bbox: 0.0000, loss: 0.0000\n"
            "2022-04-01 14:22:06,017 - mmdet - INFO - Epoch [1][150/368]\tlr: 5.974e-03, loss_rpn_cls: 0.0000, "
            "loss_rpn_bbox: 0.0000, loss_cls: 0.0000, acc: 100.0000, loss_bbox: 0.0000, loss: 0.0000"
        ),
        {},
        "all-ignored",
    ),
    "nl8590687/ASRT_SpeechRecognition 32": (
        "InvalidArgumentError: Not enough time for target transition sequence (required: 64, available: 39). With "
        "ignore_longer_outputs_than_inputs=True it runs, but the training loss becomes inf",
        {},
        "input-too-short",
    ),
    "tensorflow 52379": (
        "ctc_loss_calculator.h:499] No valid path found.\n"
        "1/1 [==============================] - 9s 9s/step - loss: inf - accuracy: 0.0000e+00 - val_loss: inf - "
        "val_accuracy: 0.0000e+00",
        {},
        "input-too-short",
    ),
    "SeanNaren/warp-ctc 59": (
        "CTCLoss of warp-ctc gives zero loss. Is that supposed to happen? The logits, labels and lengths are attached",
        {},
        "input-too-short",
    ),
    "mozilla/DeepSpeech 746": (
        "Not enough time for target transition sequence (required: 26, available: 1)",
        {},
        "input-too-short",
    ),
    "rwth-i6/returnn-experiments 1": (
        "LibriSpeech: every few batches there is 'ctc_loss_calculator.cc:144] No valid path found.' Should I worry?",
        {},
        "input-too-short",
    ),
    "liuzhuang13/DenseNetCaffe 20": (
        "I changed nothing in solver.prototxt, but the loss soon equals 87.3365 and stays",
        {},
        "saturated",
    ),
    "BVLC/caffe 5137": (
        "Iteration 2400, loss = 4.88092\n"
        "Iteration 2500, loss = 87.3365\n"
        "Train net output #0: accuracy = 0\n"
        "Iteration 2600, loss = 87.3365",
        {},
        "saturated",
    ),
    "scikit-learn 17399": (
        "log_loss([1,0,0,0], [[0,1],[0,1],[1,0],[1,0]]) is 8.634694098727671, with eps=0.01 it is 1.1588302983871486",
        {},
        "clipped",
    ),
    "ypwhs/dogs_vs_cats 26": (
        "kaggle的logloss无穷大问题，预测概率是0，label是1，为什么要限制到0.005",
        {},
        "clipped",
    ),
    "pytorch 163975": (
        "BCELoss clamps its logs at -100 and BCEWithLogitsLoss has no threshold: the two differ for extreme inputs",
        {},
        "clipped",
    ),
    "scikit-learn 20354": (
        "Why does log_loss give no error for p=0, where the logarithm is -inf? Is a small value used instead?",
        {},
        "clipped",
    ),
    "FLming/CRNN.tf2 2": (
        "输入的标签较长时，报错 ctc_loss_calculator.cc:144] No valid path found",
        {},
        "input-too-short",
    ),
    "open-mmlab/mmocr 149": (
        "I changed the backbone of CRNN, the output is B*16*37: an error in the CTC loss when a text is longer than the input",
        {},
        "input-too-short",
    ),
    "MaybeShewill-CV/CRNN_Tensorflow 138": (
        "tensorflow/core/util/ctc: No valid path found with SEQ_LENGTH = 25",
        {},
        "input-too-short",
    ),
    "wenet-e2e/wenet 2299": (
        "Set zero_infinity=True so that NaN or inf of ctc_loss are ignored",
        {},
        "input-too-short",
    ),
    "mozilla/DeepSpeech 1629": (
        "InvalidArgumentError Not enough time for target transition sequence (required: 77, available: 76)",
        {},
        "input-too-short",
    ),
    "shicai/MobileNet-Caffe 75": (
        "Fine-tuning with the given solver leads to loss=87.3365",
        {},
        "saturated",
    ),
    "AITIAL/OpenWhiz 50": (
        "A confident wrong prediction makes the softmax underflow below the epsilon of the cross entropy and training "
        "stalls at 50% accuracy without an error",
        {},
        "saturated",
    ),
    "tensorflow 41595": (
        "Binary crossentropy of target 1 and prediction 0 is 15.424948 in tensorflow 2.2, it was 16.118095",
        {},
        "clipped",
    ),
    "Lasagne/Lasagne 567": (
        "categorical_crossentropy has no epsilon, so gradients vanish right after the first batch when a probability "
        "goes to 0.0 or 1.0",
        {},
        "probability-exactly-one",
    ),
    "keras 377": (
        "binary cross-entropy returns nan with float32, the clip at 1.0e-9 leaves 1 as it is",
        {},
        "probability-exactly-one",
    ),
    "maxvfischer/keras-image-segmentation-loss-functions 1": (
        "My loss went to NaN because somewhere log(y_pred) was log(0)",
        {},
        "probability-exactly-one",
    ),
    "dotnet/machinelearning 5055": (
        "Binary log-loss has no epsilon and is Infinity when a prediction of 0 or 1 is wrong",
        {},
        "probability-exactly-one",
    ),
    "huggingface/trl 6320": (
        "SFT truncates prompt and completion, the example ends with all labels at -100 and trains at a loss of zero "
        "without a warning",
        {},
        "all-ignored",
    ),
    "nvidia-cosmos/cosmos-rl 155": (
        "F.cross_entropy(ignore_index=-100) where every target is -100 gives NaN",
        {},
        "all-ignored",
    ),
    "snowflakedb/ArcticTraining 335": (
        "NaN validation loss in SFT: the masking sets all labels to -100",
        {},
        "all-ignored",
    ),
    "nl8590687/ASRT_SpeechRecognition 33": (
        "ctc_batch_cost: InvalidArgumentError, Not enough time for target transition sequence",
        {},
        "input-too-short",
    ),
    "nl8590687/ASRT_SpeechRecognition 173": (
        "An error in the CTC loss with data that I collected; I guess input_length is smaller than label_length. Why "
        "is it divided by 8?",
        {},
        "input-too-short",
    ),
    "Belval/CRNN 6": (
        "tf.nn.ctc_loss: InvalidArgumentError sequence_length(0) <= 15",
        {},
        "input-too-short",
    ),
    "jinxixiang/magic_animate_unofficial 6 as facts": (
        "",
        {"loss": "nan", "dtype": "FP16", "framework": "pytorch"},
        "precision",
    ),
    "LTH14/mar 69": (
        "Fine-tuning as a video generator ends with NaN; a smaller blr, grad_clip 1.0 and larger batches do not help",
        {"history": [0.2702, 0.2688, 0.2654, 0.2606, "nan"], "dtype": "amp"},
        "precision",
    ),
    "bytedance/byteps 411": (
        "",
        {"history": [45.729, 46.012, 45.78, 60.22, 61.163, 70.405, "nan", "nan", "nan"], "dtype": "fp16", "framework": "mxnet"},
        "precision",
    ),
    "KimMeen/Time-LLM 41": (
        "GPT-2 on a V100, so I changed mixed_precision from BF16 to FP16, and now all losses are nan",
        {},
        "precision",
    ),
    "yhenon/pytorch-retinanet 41": (
        "After 1 or 2 epochs the classification loss rises and stays",
        {"loss": "2.30212", "kind": "focal"},
        "clipped",
    ),
    "ragulpr/wtte-rnn 39": (
        "loglikelihood u * K.log(K.exp(hazard1 - hazard0) - 1.0)"
        " - hazard1 is nan when b is near 0, where both "
        "hazards are the same",
        {},
        "probability-exactly-one",
    ),
    "skorch-dev/skorch 481": (
        "Adam or another lr gives NaN: y_pred after softmax is so close to 0 that torch.log(y_pred) is -inf",
        {},
        "probability-exactly-one",
    ),
    "yaodongyu/TRADES 30": (
        "The training loss is always nan; KLDivLoss of log_softmax and softmax, resnet on CIFAR10",
        {"kind": "KLDivLoss", "framework": "pytorch", "loss": "nan"},
        "probability-exactly-one",
    ),
    "FluxML/Flux.jl 970": (
        "model-zoo Cifar10.jl stops with ERROR: Loss is NaN; the chain ends in softmax and the loss is crossentropy",
        {},
        "probability-exactly-one",
    ),
    "FluxML/Flux.jl 435": (
        "crossentropy gives Inf or NaN",
        {"predictions": [[0.0, 1.0, 0.0, 0.0]], "targets": [[1.0, 0.0, 0.0, 0.0]], "loss": "inf", "kind": "crossentropy"},
        "probability-exactly-one",
    ),
    "FluxML/model-zoo 284": (
        "The transfer learning tutorial sometimes gives NaN; without the softmax layer and with logitcrossentropy it does not",
        {},
        "probability-exactly-one",
    ),
    "FluxML/NNlib.jl 68": (
        "logitcrossentropy of outputs -431, 279 and 427 overflows: its gradient is NaN, softmax uses exp",
        {},
        "overflow",
    ),
    "MagmaDNN/magmadnn 18": (
        "Calling fit three times makes the loss NaN, cross entropy",
        {"kind": "cross entropy"},
        "probability-exactly-one",
    ),
    "paultsw/nice_pytorch 2": (
        "NICE, a normalizing flow, on mnist: Validation Loss Statistics: min=nan, med=nan, mean=nan, max=nan "
        "after several epochs",
        {},
        "overflow",
    ),
    "gnn-tracking/gnn_tracking 104": (
        "total loss is nan now and then; the term is -alpha * pos_weight * (1 - p).pow(gamma) * target * p.log()",
        {},
        "probability-exactly-one",
    ),
    "ymcui/Chinese-LLaMA-Alpaca-3 29": (
        "在自己数据集上微调，loss为0，grad_norm为nan，max_seq_length是否太短",
        {},
        "all-ignored",
    ),
    "facebookresearch/fairseq 512": (
        "nmt_scaling training fails after: WARNING: overflow det"
        "ected, setting loss scale to: 0.000244140625, "
        "then 0.0001220703125",
        {},
        "precision",
    ),
    "miemie2013/Paddle-DIOU-YOLOv3 1": (
        "在训练不到一个epoch时loss变为nan，减小学习率也不行",
        {},
        "probability-exactly-one",
    ),
    "kuangliu/torchcv 35": (
        "ssd_loss: num_pos is 0 in some batches, then loc_loss.item()/num_pos is a division by zero",
        {},
        "all-ignored",
    ),
    "paiml/entrenar 278": (
        "total_loss / total_samples without a check for zero: NaN if the training set is empty",
        {},
        "all-ignored",
    ),
    "valerystrizh/pytorch-histogram-loss 12": (
        "NaN when pos_size or neg_size is zero",
        {},
        "all-ignored",
    ),
    "NVIDIA-NeMo/Automodel 3796": (
        "A batch without supervised tokens gives NaN in three of four losses, they divide by num_label_tokens",
        {},
        "all-ignored",
    ),
    "york135/CTC_CE_for_AST 3": (
        "split_train_loss0 is nan because torch.sum(on_weight) = 0",
        {},
        "all-ignored",
    ),
    "intel/intel-extension-for-pytorch 814": (
        "NaN in the loss when training with AMP on a B580, no GradScaler",
        {"framework": "pytorch", "dtype": "torch.float16"},
        "precision",
    ),
    "NVIDIA-Merlin/NVTabular 815": (
        "The example gives NaN once amp is enabled",
        {},
        "precision",
    ),
    "FlyingGiraffe/vnn 4": (
        "x/norm in the batch norm layer is nan for vectors of [0,0,0]",
        {},
        "nan-in-gradient",
    ),
    "richzhang/PerceptualSimilarity 69": (
        "Function 'SqrtBackward' returned nan values in its 0th output",
        {},
        "nan-in-gradient",
    ),
    "mpariente/pytorch_stoi 7": (
        "Gradients become NaN sometimes, a sqrt of 0",
        {},
        "nan-in-gradient",
    ),
    "keras-team/keras 23075": (
        "ops.normalize(order=2) has NaN gradients for zero vectors",
        {"framework": "keras"},
        "nan-in-gradient",
    ),
    "snipsco/ntm-lasagne 5": (
        "The gradient of the cross entropy is NaN if the prediction is 0 or 1",
        {},
        "probability-exactly-one",
    ),
    "apache/mxnet 4594": (
        "RuntimeWarning: divide by zero encountered in log, CrossEntropy metric",
        {},
        "probability-exactly-one",
    ),
    "NVIDIA/apex 358 loss": (
        "fp16 predictions hold 1.0000e+00 and 0.0000e+00, the focal loss is nan in fp32 as well",
        {},
        "probability-exactly-one",
    ),
    "NeuraLegion/shainet 39": (
        "In batch training the cross-entropy sometimes gives NaN, 0/0 in its derivative perhaps",
        {},
        "probability-exactly-one",
    ),
    "facebookresearch/fairseq 3753": (
        "Fine-tuning wav2vec_ctc with --zero-infinity: train and valid loss are always zero, WER 100 %",
        {},
        "input-too-short",
    ),
    "buriburisuri/speech-to-text-wavenet 124": (
        "Loss is inf in the first epoch of the wavenet ctc, with ignore_longer_outputs_than_inputs=True",
        {},
        "input-too-short",
    ),
    "princeton-nlp/SimPO 35": (
        "{'loss': 0.0, 'grad_norm': nan, 'rewards/chosen': nan, 'logps/chosen': nan}, max_length: 1024, "
        "max_prompt_length: 1024, bf16",
        {},
        "all-ignored",
    ),
    "ducksoup/autodial 2": (
        "Loss -sum(log f(y; x)): where the prediction is right, such as (1,0,0), it is infinite, as the others are log 0",
        {},
        "probability-exactly-one",
    ),
    "keras-team/keras 255": (
        (
            "Weights do not get updated with two classes, 500 images each\n"
            "0.2355973707751222 0.96875\n"
            "17.269388197455335 0.5\n"
            "17.269388197455335 0.5\n"
            "17.269388197455335 0.5\n"
            "32/32 [==============================] - 5s - loss: 17.2694 - acc.: 0.5000"
        ),
        {},
        "clipped",
    ),
    "mit-han-lab/efficientvit 110": (
        "Since the code no longer casts qkv to float, fp16 training gives NaN outputs after stage 4.",
        {},
        "precision",
    ),
    "huggingface/trl 5826": (
        (
            "max_length is smaller than the prompt, so all completion tokens are truncated away: eval_loss "
            "is nan in the TPO trainer"
        ),
        {},
        "all-ignored",
    ),
    "LAION-AI/Open-Assistant 2001": ("nan losses appear sometimes if the whole input is masked", {}, "all-ignored"),
    "lzx1413/PytorchSSD 22": (
        (
            "def log_sum_exp(x): x_max = x.data.max(); return torch.log(torch.sum(torch.exp(x-x_max), 1)) + "
            "x_max. The output without x_max is just the same, so why use it?"
        ),
        {},
        "overflow",
    ),
    "uTensor/uTensor 175": (
        ("The softmax op calls exp() on the logits: logit -249.9 gives 0.0, logit 378.097 gives inf, and the result is nan"),
        {},
        "overflow",
    ),
    "openai/baselines 761": (
        "In the entropy of a2c: a_0 = logits - reduce_max(logits). Why is the maximum subtracted?",
        {},
        "overflow",
    ),
    "open-edge-platform/geti 1507": (
        "numpy softmax: x = np.exp(x); some results are inf, and dividing gives nan",
        {},
        "overflow",
    ),
    "intel/xFasterTransformer 326": ("A softmax of my own in a sample has NaN issues for large elements", {}, "overflow"),
    "yhenon/pytorch-retinanet 3": (
        "Why do you use torch.clamp(classification, 1e-4, 1.0 - 1e-4) in the focal loss?",
        {},
        "probability-exactly-one",
    ),
    "xingyizhou/CenterNet 234": (
        ("No epsilon is added to the log inside the focal loss. Don't you get nan, even at the beginning?"),
        {"kind": "focal"},
        "probability-exactly-one",
    ),
    "NVIDIA/DIGITS 1882": (
        (
            "The log shows 100% accuracy, but the network does not learn anything\n"
            "I1114 00:15:44.863437 35326 solver.cpp:397]     Test net output #0: accuracy = 0.5\n"
            "I1114 00:15:44.863507 35326 solver.cpp:397]     Test net output #1: loss = 0.696598 (* 1 = "
            "0.696598 loss)\n"
            "I1114 00:22:27.343005 35326 solver.cpp:397]     Test net output #0: accuracy = 1\n"
            "I1114 00:22:27.343061 35326 solver.cpp:397]     Test net output #1: loss = 87.3414 (* 1 = "
            "87.3414 loss)"
        ),
        {},
        "saturated",
    ),
    "keras-team/keras 2392": (
        (
            "Dense(1), sigmoid, binary_crossentropy, Adagrad(lr=1.0)\n"
            "Epoch 1/100\n"
            "89595/89595 [=====] - 9s - loss: 5.7178 - acc: 0.6446\n"
            "Epoch 2/100\n"
            "89595/89595 [=====] - 8s - loss: 5.7257 - acc: 0.6448\n"
            "Epoch 3/100\n"
            "89595/89595 [=====] - 8s - loss: 5.7257 - acc: 0.6448\n"
            "Epoch 4/100\n"
            "89595/89595 [=====] - 8s - loss: 5.7257 - acc: 0.6448"
        ),
        {},
        "clipped",
    ),
    "tensorflow/tensorflow 42889": (
        (
            "My loss is tf.norm(y_pred - y) / tf.norm(y); after some epochs the gradients are nan, though "
            "the norm of y is away from zero"
        ),
        {},
        "nan-in-gradient",
    ),
    "e3nn/e3nn 258": ("NormActivation gives NaN gradients where the features are zero", {}, "nan-in-gradient"),
    "torch/nn 730": (
        ("BCECriterion is not safe: probabilities at 0 are forbidden, but not those at 1, where log(1-1) gets inf"),
        {},
        "probability-exactly-one",
    ),
    "NVIDIA/apex 318": (
        (
            "How to handle gradient overflow with mixed precision?\n"
            "Gradient overflow. Skipping step, loss scaler 0 reducing loss scale to 1.35807730622e-312\n"
            "Gradient overflow. Skipping step, loss scaler 0 reducing loss scale to 6.7903865311e-313"
        ),
        {},
        "precision",
    ),
    "dusty-nv/jetson-inference 1010": (
        (
            "Training SSD on a custom dataset: Avg Loss and Avg Regression Loss are inf or nan for many "
            "samples. Some boxes have a position of -1."
        ),
        {},
        "nan-in-gradient",
    ),
    "microsoft/SoftTeacher 232": ("sup_loss_bbox: nan, loss: nan on my own dataset", {}, "nan-in-gradient"),
    "hope1337/YOWOv3 19": (
        (
            "loss = nan, at epoch 1 the first time, then at 5, then at 3. Some images of my data have no "
            "annotation; the loss is averaged over ground truths."
        ),
        {},
        "all-ignored",
    ),
    "zzh8829/yolov3-tf2 214": ("loss = nan in training; in some of my boxes ymin is larger than ymax", {}, "nan-in-gradient"),
    "sanghoon/pva-faster-rcnn 58": (
        "Training loss is nan for a custom dataset with pascal xml annotations",
        {},
        "nan-in-gradient",
    ),
    "Linear95/CLUB 27": (
        (
            "The log likelihood becomes nan after some steps, sometimes from the second, sometimes after "
            "1000; logvar.exp() is used"
        ),
        {},
        "overflow",
    ),
    "vanderschaarlab/synthcity 331": (
        (
            "The VAE has NaN losses for some datasets: unbounded log variances of the encoder are "
            "exponentiated in the reparameterization trick"
        ),
        {},
        "overflow",
    ),
    "e-com-net 1610541398946250752": (
        (
            "RuntimeError: Function 'MulBackward0' returned nan values in its 0th output; pred = out ** "
            "(1/4), loss = 2*nn.MSELoss()(pred, y) + 0.1*nn.L1Loss()(pred, y)"
        ),
        {},
        "nan-in-gradient",
    ),
    "openillumi.com PowBackward0": (
        (
            "PowBackward0 returned nan values on the CPU while it works on CUDA: self.grad_mag = "
            "torch.sqrt(self.grad_x2 + self.grad_y2)"
        ),
        {},
        "nan-in-gradient",
    ),
    "jy0205/Pyramid-Flow 25": ("With fp16 instead of bf16 all latents are NaN, fp32 works", {"dtype": "float16"}, "precision"),
    "Peterande/D-FINE 199": (
        ("AssertionError: (boxes1[:, 2:] >= boxes1[:, :2]).all() in the middle of training with AMP; some boxes are NaN"),
        {},
        "precision",
    ),
    "transformers 12225": (
        ("Pegasus pretraining in fp16: the loss is NaN. encoder.layers.10.fc2 gives 6.06e+04 and the layer's output is inf"),
        {"loss": float("nan"), "dtype": "fp16"},
        "precision",
    ),
    "marian-nmt/marian-dev 699": (
        "",
        {
            "history": [
                {"loss": 314.0, "grad_norm": 20126.2},
                {"loss": 211.39, "grad_norm": 35733.2},
                {"loss": float("nan"), "grad_norm": 41172.8},
                {"loss": float("nan"), "grad_norm": 40407.8},
            ],
            "dtype": "float16",
        },
        "precision",
    ),
    "Qualcomm-AI-research/geometric-algebra-transformer 15": (
        "In half precision I get numerical overflow all the time, in FP32 training works",
        {},
        "precision",
    ),
    "imathworks.com cross-entropy-loss-function-and-division-by-zero": (
        (
            "My own cross entropy: f = -t * log(y), df = -t / y. I get division by zero whenever an output y "
            "is zero, and infinite weights"
        ),
        {},
        "probability-exactly-one",
    ),
    "AITTSMD/MTCNN-Tensorflow 76": ("loss = -tf.log(label_prob+1e-10): why is 1e-10 added?", {}, "probability-exactly-one"),
    "whosebug.com 2638247": (
        (
            "My output layer is a ReLU and the loss categorical crossentropy in Keras, so many outputs are "
            "0. Why do I not get errors from log(0)?"
        ),
        {},
        "clipped",
    ),
    "facebookresearch/fairseq 1833": (
        (
            "OverflowError after the first epoch when perplexity is calculated: the loss of regression "
            "targets with high values is large"
        ),
        {"loss": 4215.0},
        "overflow",
    ),
    "asteroid-team/asteroid 121": (
        "torch.pow() gives NaN on the backward pass where values are zero, in the PMSQE loss",
        {},
        "nan-in-gradient",
    ),
    "jax 29323": (
        "jnp.bfloat16(1.04858e+06) + jnp.bfloat16(2032) is the same number as before",
        {"dtype": "bfloat16"},
        "precision",
    ),
    "pytorch/executorch 20089": (
        ("In BFloat16 the sum of a softmax saturates around 256: a uniform softmax of 512 gives 1/256 each instead of 1/512"),
        {},
        "precision",
    ),
    "jax 18387": ("jnp.sum of booleans as bfloat16 gives 1824 and 1840, as int32 1828 and 1837", {}, "precision"),
    "pytorch 137035": ("(692 + 720) / 2 gives 704 in torch.bfloat16, it should be 706", {"dtype": "bfloat16"}, "precision"),
    "google/CommonLoopUtils 380": (
        "Statistics of bf16 parameters are wrong: a scale of ones has mean 0.334 and std 0.408",
        {},
        "precision",
    ),
    "ultralytics/yolov5 7634": ("When I train my boxloss always is 0", {}, "all-ignored"),
    "horenbergerb/BernoulliDiffusion 15": (
        ("The longer the sequence, the nearer to zero are the probabilities of single outcomes, and the loss becomes nan"),
        {},
        "probability-exactly-one",
    ),
    "mialbro/PointFusion 1": (
        (
            "The loss remains inf even after 200 epochs, only with a batch of 1 it is a number. loss = "
            "loss_offset * pred_scores - weight * torch.log(pred_scores)"
        ),
        {"loss": "inf"},
        "probability-exactly-one",
    ),
    "tryolabs/luminoth 68": (
        "Sometimes there are 0 foreground samples in RCNN, then reg_loss is nan and so is train_loss",
        {},
        "all-ignored",
    ),
    "pytorch 8069": ("nan with the acos() function in training, values are within [-1, 1]", {}, "nan-in-gradient"),
    "banctilrobitaille/torch-vectorized 7": (
        ("RuntimeError: Function 'AcosBackward' returned nan values in its 0th output; the matrix is symmetric"),
        {},
        "nan-in-gradient",
    ),
    "jax 15798": (
        ("jnp.arccos(jnp.vdot(sqrt(p), sqrt(q))): when the optimisation converges and the loss is zero the gradient is nan"),
        {"framework": "jax"},
        "nan-in-gradient",
    ),
    "tensorflow 57786": (
        "tf.acos(x)[0] has a gradient of nan with respect to x[2] = 2.0, it should be 0",
        {},
        "nan-in-gradient",
    ),
    "xtudbxk/DSRG-tensorflow 11": (
        (
            "After 250 iterations RuntimeWarning: divide by zero encountered in log, unary = -np.log(feat); "
            "after that constrain_loss=0.000000"
        ),
        {},
        "probability-exactly-one",
    ),
    "akshaybahadur21/Digit-Recognizer 1": (
        (
            "RuntimeWarning: divide by zero encountered in true_divide: dA_last = - (np.divide(Y, A_last) - "
            "np.divide(1 - Y, 1 - A_last)), then invalid value encountered in multiply"
        ),
        {},
        "probability-exactly-one",
    ),
    "rasbt/python-machine-learning-book-2nd-edition 49": (
        (
            "In the MLP of chapter 12, on my data, at the 4th epoch term2 = (1. - y_enc) * np.log(1. - "
            "output) says divide by zero encountered in log. Would it be wrong to clip the output?"
        ),
        {},
        "probability-exactly-one",
    ),
}
