"""Public cases of the shape of a curve; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "stats.stackexchange 282160": (
        "CIFAR10: validation loss started to increase, whereas validation accuracy is also increasing",
        {},
        "overconfident",
    ),
    "keras 3755": (
        "Deep CNN with categorical_crossentropy: the validation loss started increasing while the validation "
        "accuracy is still improving",
        {},
        "overconfident",
    ),
    "keras 5359": (
        "mnist_mlp: val_acc is improving, but val_loss does not converge, after 20 epochs it is larger than at the first",
        {},
        "overconfident",
    ),
    "keras 3559": (
        "I see a higher val_loss with a higher accuracy:\n"
        "epoch 55 val_loss: 1.3 accuracy: 85%\n"
        "epoch 56 val_loss: 1.4 accuracy: 86%",
        {},
        "overconfident",
    ),
    "tensorflow 39831": (
        "MNIST: validation sparse_categorical_accuracy and validation SparseCategoricalCrossentropy are both "
        "increasing together, while the training loss goes down and training accuracy up",
        {},
        "overconfident",
    ),
    "PRBonn/lidar-bonnetal 64": (
        "Both val_loss and val_acc are increasing, while train_loss is reducing and train_acc is increasing "
        "as expected. What could be the reason?",
        {},
        "overconfident",
    ),
    "keras 161": (
        "RGB images: the train loss is decreasing and the accuracy increasing, but the validation loss "
        "decreases at first and then it increases. What is the reason?",
        {},
        "overconfident",
    ),
    "matterport/Mask_RCNN 766": (
        "Validation losses increase while training losses decrease. My dataset only contains one label; "
        "heads, LR 0.001, resnet50",
        {},
        "overconfident",
    ),
    "ageron/handson-ml 194": (
        "Chapter 11: the validation loss is very high\n"
        "0 Batch accuracy: 0.9 Validation accuracy: 0.9208 Validation loss 58497.7\n"
        "5 Batch accuracy: 0.94 Validation accuracy: 0.956 Validation loss 61143.7\n"
        "10 Batch accuracy: 1.0 Validation accuracy: 0.9666 Validation loss 60269.5",
        {},
        "overconfident",
    ),
    "romarcg/traversability_estimation 12": (
        "The validation loss falls in the first 5 epochs, then it keeps increasing, and the validation "
        "accuracy is always around 0.80 from the 1st to the 50th epoch",
        {},
        "overconfident",
    ),
    "keras 1761": (
        "loss: 1.7436 - acc: 0.5749 - val_loss: 1.5925 - val_acc: 0.6434; why is the training loss higher than "
        "the validation loss? dropout",
        {},
        "train-above-validation",
    ),
    "keras 2344": (
        "Epoch 1\n50000/50000 [====] - 14s - loss: 1.7222 - acc: 0.3636 - val_loss: 1.3246 - val_acc: 0.5282\n"
        "Epoch 2\n50000/50000 [====] - 14s - loss: 1.3501 - acc: 0.5163 - val_loss: 1.1022 - val_acc: 0.6101\n"
        "Epoch 3\n50000/50000 [====] - 14s - loss: 1.2007 - acc: 0.5721 - val_loss: 0.9987 - val_acc: 0.6510\n"
        "Epoch 4\n50000/50000 [====] - 14s - loss: 1.1080 - acc: 0.6080 - val_loss: 0.9312 - val_acc: 0.6740",
        {},
        "train-above-validation",
    ),
    "fairseq 3479": ("Why is the validation loss often way smaller than the training loss?", {}, "train-above-validation"),
    "Bjarten/early-stopping-pytorch 18": (
        "Is it normal that the validation set loss is less than the training set loss?",
        {},
        "train-above-validation",
    ),
    "ultralytics/yolov5 4923": (
        "YOLOv5 pretrained, 1000 images: the obj_loss of training is more than the obj_loss of validation. I "
        "think it should be the other way around",
        {},
        "train-above-validation",
    ),
    "espnet 3233": (
        "CSJ, 25 epochs: the accuracy of validation is higher than that of training, and CTC loss and "
        "attention loss of validation are smaller than those of training. How do I interpret this?",
        {},
        "train-above-validation",
    ),
    "ultralytics/yolov5 1879": (
        "Why is my validation loss lower than the train loss? How can I fix it?",
        {},
        "train-above-validation",
    ),
    "keras 8680": (
        "Why is the training accuracy below that of validation?\n"
        "Epoch 39/200\n"
        "1562/1562 [==============================] - 484s - loss: 0.7744 - acc: 0.7344 - val_loss: 0.6673 - "
        "val_acc: 0.7737\n"
        "Epoch 40/200\n"
        "1562/1562 [==============================] - 481s - loss: 0.7758 - acc: 0.7363 - val_loss: 0.6600 - "
        "val_acc: 0.7800\n"
        "Epoch 41/200\n"
        "1562/1562 [==============================] - 480s - loss: 0.7737 - acc: 0.7349 - val_loss: 0.6830 - "
        "val_acc: 0.7727\n"
        "Epoch 42/200\n"
        "1562/1562 [==============================] - 478s - loss: 0.7729 - acc: 0.7368 - val_loss: 0.6429 - "
        "val_acc: 0.7848\n"
        "Epoch 43/200\n"
        "1562/1562 [==============================] - 478s - loss: 0.7743 - acc: 0.7372 - val_loss: 0.6869 - "
        "val_acc: 0.7709",
        {},
        "train-above-validation",
    ),
    "keras 10998": (
        "For the same dataset the training loss is higher than the validation loss: I gave the training set "
        "as validation set\n"
        "model.compile(loss='mae', optimizer='sgd')\n"
        "Train on 1 samples, validate on 1 samples\n"
        "Epoch 1/3\n"
        " - 14s - loss: 0.3944 - val_loss: 0.3891\n"
        "Epoch 2/3\n"
        " - 0s - loss: 0.3891 - val_loss: 0.3839\n"
        "Epoch 3/3\n"
        " - 0s - loss: 0.3839 - val_loss: 0.3786",
        {},
        "train-above-validation",
    ),
    "MIC-DKFZ/nnUNet 2715": (
        "nnU-Net on 88 images augmented to 880: now the validation loss is less than the train loss. Is it an issue?",
        {},
        "train-above-validation",
    ),
    "fuzailpalnak/building-footprint-segmentation 42": (
        "Why do I always get higher metrics on the validation set than in training, in every epoch?",
        {},
        "train-above-validation",
    ),
    "keras 472": (
        "Kaggle facial keypoints: the validation loss is even lower than the training loss. Does this make sense?",
        {},
        "train-above-validation",
    ),
    "stats.stackexchange 178371": (
        "Lasagne tutorial, MNIST: the validation error is always lower than the training error\n"
        "Epoch 1 of 500 took 1.858s\n"
        "training loss: 1.233348\n"
        "validation loss: 0.405868\n"
        "validation accuracy: 88.78 %\n"
        "Epoch 2 of 500 took 1.845s\n"
        "training loss: 0.571644\n"
        "validation loss: 0.310221\n"
        "validation accuracy: 91.24 %\n"
        "Epoch 3 of 500 took 1.845s\n"
        "training loss: 0.471582\n"
        "validation loss: 0.265931\n"
        "validation accuracy: 92.35 %",
        {},
        "train-above-validation",
    ),
    "forums.fast.ai 57521": (
        "training_loss > validation_loss is said to be bad, yet in lesson 2 training_loss is always larger. "
        "With ps=0 the validation loss still gets tiny while the training loss stays large",
        {},
        "train-above-validation",
    ),
    "stackoverflow 56663175": (
        "Adding dropout layers made the val loss remain lower than the train loss: CuDNNLSTM(1024), "
        "BatchNormalization, Dropout(0.4). Is it acceptable?",
        {},
        "train-above-validation",
    ),
    "stackoverflow 43979449": (
        "Our validation data get better accuracy and lower loss than our training data, for all sizes of the "
        "hidden layer; Dropout(0.5), l1_l2(0.001)",
        {},
        "train-above-validation",
    ),
    "PatrickLib/captcha_recognize 1": (
        "\n".join(
            f"Step {440 + 10 * k} run_train: loss = {loss}"
            for k, loss in enumerate((15.94, 36.65, 102.19, 317.27, 801.44, 2089.72, 5845.62, 13428.68, 25587.19))
        ),
        {},
        "diverging",
    ),
    "hiyouga/ChatGLM-Efficient-Tuning 267": ("训练后loss先在2左右上下波动，然后突然变成0，后面一直保持为0", {}, "diverging"),
    "keras 3040": (
        "Keras, y = 2x with x from 0 to 199, one Dense(1), SGD(lr=0.001), mean_squared_error: the weights go to nan",
        {},
        "diverging",
    ),
    "MIC-DKFZ/nnUNet 2790": (
        "Primus: a sharp increase of training loss and validation loss between epochs 30 and 100, is it the "
        "learning rate warm-up?",
        {},
        "diverging",
    ),
    "tensorflow 1513": (
        "softmax_cross_entropy_with_logits returns 1.52118264e+11 for logits of -2.88e+11 and -4.40e+11 in my "
        "AlexNet, is this wrong?",
        {},
        "diverging",
    ),
    "shibing624/MedicalGPT 186": (
        "llama2微调时，train_loss会先下降几个epoch，然后变为0，eval_loss一直为nan，learning_rate太大",
        {},
        "diverging",
    ),
    "datascience.stackexchange 28481": (
        "CNN for binary classification with binary cross entropy, batch size 128, SGD with a learning rate "
        "of 0.01. Accuracy reached 0.99 and the loss was below 0.3, but a few epochs later the model "
        "converges to loss 0.6 and accuracy 0.5, and it always predicts 0.5",
        {},
        "diverging",
    ),
    "chiphuyen/stanford-tensorflow-tutorials 54": (
        "I added a quadratic term to the linear regression. The loss and the parameters become very large, "
        "so that the final output is nan",
        {},
        "diverging",
    ),
    "rstudio-conf-2020/dl-keras-tf 9": (
        'optimizer_sgd(lr = 0.1), loss = "mean_squared_error", metrics = "mae", the target is a sales price\n'
        "Train on 1640 samples, validate on 411 samples\n"
        "Epoch 1/10\n"
        "1640/1640 [==============================] - 1s 397us/sample - loss: nan - mae: nan - val_loss: nan "
        "- val_mae: nan\n"
        "Epoch 2/10\n"
        "1640/1640 [==============================] - 1s 447us/sample - loss: nan - mae: nan - val_loss: nan "
        "- val_mae: nan\n"
        "Epoch 3/10\n"
        "1640/1640 [==============================] - 0s 268us/sample - loss: nan - mae: nan - val_loss: nan "
        "- val_mae: nan",
        {},
        "diverging",
    ),
    "tensorflow 3148": (
        "The linear regression demo works with x_data = np.random.rand(100), but with np.arange(100) w and b become nan",
        {},
        "diverging",
    ),
    "blackportal-ai/delta 248": (
        "LinearRegression on California housing, features not normalised, learning rate 0.00001\n"
        "Epoch 0: Loss = 55788267509.04506\n"
        "Epoch 1: Loss = 1.9e21\n"
        "Epoch 2: Loss = 7.4e32\n"
        "Epoch 3: Loss = 2.6e44\n"
        "Epoch 4: Loss = 9.1e55\n"
        "Epoch 5: Loss = inf\n"
        "Epoch 6: Loss = NaN",
        {},
        "diverging",
    ),
    "llSourcell/linear_regression_live 4": (
        "Linear regression example of the TensorFlow docs with x_train = [32,53,61,47,59] and y_train = "
        "[31,68,62,71,87]: it always prints\n"
        "W: [ nan] b: [ nan] loss: nan",
        {},
        "diverging",
    ),
    "dmlc/cxxnet 120": (
        "Regression with the l2_loss layer on wine quality: the rmse is nan, the predictions are -nan. With "
        "softmax as the last layer the numbers are normal",
        {},
        "diverging",
    ),
    "volflow/DeFlow 4": (
        "Training DeFlow on my own data I sometimes reach the maximum number of NaNs of the NLL (100), and "
        "on some validation images I get NaNs",
        {},
        "diverging",
    ),
    "graykode/nlp-tutorial 77": (
        "BERT example, Adam with lr=0.01\n"
        "Epoch: 0010 cost = 15.205759\n"
        "Epoch: 0020 cost = 16.236261\n"
        "Epoch: 0030 cost = 18.436878\n"
        "Epoch: 0040 cost = 4.077913\n"
        "Epoch: 0050 cost = 12.703120\n"
        "Epoch: 0060 cost = 10.411244\n"
        "Epoch: 0070 cost = 1.640913\n"
        "Epoch: 0080 cost = 10.753708\n"
        "Epoch: 0090 cost = 8.370532\n"
        "Epoch: 0100 cost = 1.624577\n"
        "Epoch: 0110 cost = 8.537676\n"
        "Epoch: 0120 cost = 7.453298\n"
        "Epoch: 0130 cost = 1.659591\n"
        "Epoch: 0140 cost = 7.092763\n"
        "Epoch: 0150 cost = 6.843360\n"
        "Epoch: 0160 cost = 1.688111",
        {},
        "diverging",
    ),
    "guillaumegenthial/sequence_tagging 47": (
        "With lr = 0.001 there is no problem, but with 0.01 or 0.1 the train loss decreases first and then "
        "increases. What is wrong?\n"
        "2018-03-23 15:29:33,355:INFO: train loss:1.10886\n"
        "2018-03-23 15:31:41,870:INFO: train loss:1.53702\n"
        "2018-03-23 15:33:53,753:INFO: train loss:0.866067\n"
        "2018-03-23 15:36:03,349:INFO: train loss:1.32708\n"
        "2018-03-23 15:38:15,538:INFO: train loss:1.20029\n"
        "2018-03-23 15:40:22,720:INFO: train loss:nan\n"
        "2018-03-23 15:42:27,061:INFO: train loss:nan\n"
        "2018-03-23 15:44:38,513:INFO: train loss:nan",
        {},
        "diverging",
    ),
    "jmiller656/EDSR-Tensorflow 50": (
        "Why does the value of the loss suddenly increase when training 14,000 times or so? It went from 1.2 to 16 000",
        {},
        "diverging",
    ),
    "shaoniangu/FashionAI_Keypoint_Detection_Using_CPM 2": (
        "I use a learning rate of 0.4 and the log is\n"
        "Step: 682/800000 ----- Cur_lr: 0.4000000 ----- Time: 0.82 sec.\n"
        "S1 loss:     nan | S2 loss:     nan | S3 loss:     nan | S4 loss:     nan | S5 loss:     nan | S6 "
        "loss:   25.47 | Total loss: na\n"
        "Total loss : nan.\n"
        "I also tried 0.01 and 0.004, it fails too",
        {},
        "diverging",
    ),
    "wkentaro/pytorch-fcn 17": (
        "Training FCN with lr=1e-4 as in the paper gives a NaN loss; with the learning rate of the original script it is ok",
        {},
        "diverging",
    ),
    "datascience.stackexchange 15962": (
        "With a learning rate of .001 minimising increased the loss exponentially: in one epoch from "
        "thousands to a trillion, then infinity and nan. With .0001 everything worked",
        {},
        "diverging",
    ),
    "hiyouga/LlamaFactory 1145": ("请问大家如何解决loss震荡的问题？", {}, "diverging"),
    "thtrieu/darkflow 1059": (
        "With a learning rate of 0.1 and 0.3, adam, batch 64, the loss and the average loss get NaN in early "
        "steps. With 0.01 it trains many more steps, but near a loss of 0.10 it changes to NaN again",
        {},
        "diverging",
    ),
    "apache/mxnet 6432": (
        "The linear regression tutorial with train_data = [[1,2],[3,4],[5,6],[3,2],[7,1],[6,9]] and "
        "train_label = [5,11,17,7,9,24] sometimes returns 'nan'",
        {},
        "diverging",
    ),
    "mravanelli/pytorch-kaldi 112": (
        "It trained well up to 22 epochs, then I got nan\n"
        "ep=22 tr=['train_clean_100'] loss=0.671 err=0.214 valid=dev_clean loss=0.693 err=0.212 "
        "lr_architecture1=6.25e-06 lr_architecture2=6.25e-06 time(s)=17255\n"
        "ep=23 tr=['train_clean_100'] loss=nan err=0.218 valid=dev_clean loss=nan err=0.911 "
        "lr_architecture1=3.125e-06 lr_architecture2=3.125e-06 time(s)=17416",
        {},
        "diverging",
    ),
    "mozilla/DeepSpeech 258": (
        "Before the first checkpoint the loss was about 88. After it, the loss never went below 88 and is "
        "now 112 at epoch 58; the WER at epoch 49 is 0.72, it was 0.57 at epoch 20",
        {},
        "diverging",
    ),
    "RaoFoundation/bittensor 229": ("The loss explodes after some epochs, from 6.282 to 298760397856.022", {}, "diverging"),
    "Marcovaldong/lstmp.pytorch 2": (
        "LSTM with projection: after about 1200 iterations the cross-entropy is nan. Clipping the gradient "
        "to a norm of 5.0 did not help",
        {},
        "diverging",
    ),
    "kazewong/flowMC 130": (
        "The loss of the flow can suddenly jump to a high value and destroys what was learned before",
        {},
        "diverging",
    ),
    "endernewton/tf-faster-rcnn 458": (
        "iter: 20 / 70000, total loss: nan\n"
        " >>> rpn_loss_cls: 0.648382\n"
        " >>> rpn_loss_box: 0.045217\n"
        " >>> loss_cls: 2.149889\n"
        " >>> loss_box: 0.199051\n"
        " >>> lr: 0.010000\n"
        "speed: 0.794s / iter\n"
        "iter: 40 / 70000, total loss: nan\n"
        " >>> rpn_loss_cls: 0.574709\n"
        " >>> rpn_loss_box: 0.317064\n"
        " >>> loss_cls: 0.000009\n"
        " >>> loss_box: 0.000000\n"
        " >>> lr: 0.010000\n"
        "speed: 0.524s / iter",
        {},
        "diverging",
    ),
    "mosaicml/llm-foundry 232": (
        "Pretraining mpt 125m: after about 2200 batches the loss starts exploding; with a clip threshold of "
        "5 instead of 1.0 it explodes later",
        {},
        "diverging",
    ),
    "tsudalab/ChemTS 3": ("Accuracy goes down and the loss increases after the fifth epoch", {}, "diverging"),
    "pavancm/CONTRIQUE 8": ("Nan loss occurred in the second epoch (contrastive loss)", {}, "diverging"),
    "zylo117/Yet-Another-EfficientDet-Pytorch 357": (
        "Training from scratch with SGD: Val. Epoch: 0/500. Classification loss: nan. Regression loss: nan. Total loss: nan",
        {},
        "diverging",
    ),
    "Shirhe-Lyh/finetune_classification 2": ("换成自己的数据, 30万张, 9类, loss震荡, 请问可能是什么原因?", {}, "diverging"),
    "miraiaroha/ACAN 5": ("When I train with your data set, the loss is Nan or 0", {}, "diverging"),
    "PENGLU-WashU/IMC_Denoise 11": ("The demo training data generate NaN for the loss, train_initial_lr = 1", {}, "diverging"),
    "wizyoung/YOLOv3_TensorFlow 34": ("训练4类, 前期很正常, loss都下降, 但是不知何时loss就变NaN了", {}, "diverging"),
    "amdegroot/ssd.pytorch 300": (
        "own data set, learning rate 1e-5\n"
        " iter 310 || Loss: nan || timer: 0.1921 sec.\n"
        "iter 320 || Loss: nan || timer: 0.2041 sec.\n"
        "iter 330 || Loss: nan || timer: 0.2006 sec.\n"
        "iter 340 || Loss: nan || timer: 0.2043 sec.",
        {},
        "diverging",
    ),
    "facebookresearch/Detectron 182": ("The loss is NaN while training on both VOC and a custom dataset", {}, "diverging"),
    "gurkirt/FPN.pytorch1.0 7": ("Why do I train my dataset with a loss of NaN at each iteration?", {}, "diverging"),
    "roytseng-tw/Detectron.pytorch 29": (
        "My own script with hardcoded variables: after the first step loss_rcnn_bbox is nan",
        {},
        "diverging",
    ),
    "twangnh/Distilling-Object-Detectors 4": (
        "[session 1][epoch  1][iter 21000/23080] loss: nan, loss_sup: 8.9603, lr: 3.00e-03\n"
        "                        fg/bg=(256/0), time cost: 19.056542\n"
        "                        rpn_cls: nan, rpn_box: nan, rcnn_cls: nan, rcnn_box nan\n"
        "[session 1][epoch  1][iter 21100/23080] loss: nan, loss_sup: 8.9857, lr: 3.00e-03\n"
        "                        rpn_cls: nan, rpn_box: nan, rcnn_cls: nan, rcnn_box nan\n"
        "why the loss is nan?",
        {},
        "diverging",
    ),
    "tensorflow 950": (
        "sigmoid_cross_entropy_with_logits: 'ReLU input is not finite' after a while of training",
        {},
        "diverging",
    ),
    "ultralytics/yolov5 10209": (
        "There is a spike in training and validation loss where the warm-up phase ends and the normal schedule of "
        "the rate begins. Is this normal?",
        {},
        "restart-spikes",
    ),
    "matterport/Mask_RCNN 1726": (
        "When I restart training after loading the last weights with model.find_last(), my losses jump up. I "
        "stopped at epoch 30",
        {},
        "restart-spikes",
    ),
    "Benzoin96485/Enerzyme 42": (
        "Loading a checkpoint of a trained model and continuing results in a much higher training loss than "
        "in the last epoch of the last training",
        {},
        "restart-spikes",
    ),
    "MIC-DKFZ/nnUNet 197": (
        "I changed the max number of epochs from 1000 and started training again with the -c option. The "
        "loss goes up again, it does not follow the trend at epoch 1000. Something related to the learning "
        "rate?",
        {},
        "restart-spikes",
    ),
    "mozilla/DeepSpeech 3620": (
        "The model trains and converges properly. When I pause and resume later from the checkpoint, the "
        "loss spikes from its previous value and then decreases from that higher point",
        {},
        "restart-spikes",
    ),
    "NVIDIA/apex 480": ("A loss spike after the checkpoint reload, with amp O2 and AdamW", {}, "restart-spikes"),
    "huggingface/accelerate 1479": (
        "Saving and then reloading a model, an optimizer and a data loader prepared with accelerate causes "
        "weird loss spikes; mixed_precision: bf16",
        {},
        "restart-spikes",
    ),
    "erfanzar/EasyDeL 46": (
        "When I load the model from a checkpoint and go on with the previous learning rate, the loss "
        "increases sharply after a few steps, so I have to warm up. Is this normal?",
        {},
        "restart-spikes",
    ),
    "valeoai/Halton-MaskGIT 15": (
        "When I load model and optimizer state dict from a checkpoint to resume training, the loss suddenly "
        "spikes up; after a while it goes down again",
        {},
        "restart-spikes",
    ),
    "jcjohnson/fast-neural-style 24": (
        "Resuming from a checkpoint did not start with the proper loss, it was much higher than when I had "
        "stopped; with a learning rate of 1e-4 instead of 1e-3 it resumes well",
        {},
        "restart-spikes",
    ),
    "huggingface/transformers 33336": (
        "Training resumes with an increased loss despite loading the checkpoint",
        {},
        "restart-spikes",
    ),
    "ultralytics/yolov3 902": (
        "I stopped after 50 epochs and resumed from last.pt for the next 50, but the loss got bad. Is this normal?",
        {},
        "restart-spikes",
    ),
    "ultralytics/yolov5 1527": (
        "On colab, when the training was interrupted and I start it again from the saved checkpoint, the "
        "performance is lower for the first 5-10 epochs and then gets ok",
        {},
        "restart-spikes",
    ),
    "kdexd/virtex 18": (
        "My training was interrupted and I resumed with --resume-from; training and validation loss jumped "
        "at the start and then decreased",
        {},
        "restart-spikes",
    ),
    "sirius-ai/MobileFaceNet_TF 7": (
        "With the refined MS1M data the loss changes greatly each time the epoch number changes",
        {},
        "restart-spikes",
    ),
    "mlfoundations/open_clip 101": (
        "Why is the loss curve like a staircase? It rises within each epoch and falls after each epoch",
        {},
        "restart-spikes",
    ),
    "apache/mxnet 6802": (
        "The cross-entropy is periodic, the period is exactly one epoch: lowest at the end of an epoch, and "
        "it rises rapidly at the beginning of the next",
        {},
        "restart-spikes",
    ),
    "yunjey/pytorch-tutorial 130": (
        "When I load the saved model and resume the training, the loss is always higher than it should be, "
        "although the optimizer was saved too",
        {},
        "restart-spikes",
    ),
    "r9y9/wavenet_vocoder 132": (
        "The variance of the train loss increases considerably sometimes after resuming from a checkpoint",
        {},
        "restart-spikes",
    ),
    "tensorflow/models 424": (
        "saver.restore(sess, checkpoint_path) to resume: in tensorboard the loss seems to be reset every 500 iterations",
        {},
        "restart-spikes",
    ),
    "transformers 33336": ("Training resumes with increased loss despite loading the checkpoint", {}, "restart-spikes"),
    "keras 5441": (
        "ConvNet for regression: the loss decreases during an epoch, but at the beginning of a new epoch the "
        "loss is increased; generator, custom loss",
        {},
        "restart-spikes",
    ),
    "joaopauloschuler/neural-api 35": (
        "A small network of fully connected ReLU layers, the last one too. All inputs are 0, the expected "
        "outputs 0.1, 0.25 and 0.5. I expect that it learns the biases; it does not, the output is always 0",
        {},
        "dead-units",
    ),
    "keras 3752": (
        "With act = 'relu' in all layers the loss and accuracy do not change. With act = 'tanh' loss and acc "
        "are normal. Is there a bug in relu?",
        {},
        "dead-units",
    ),
    "community.deeplearning.ai 324182": (
        "y = 2x - 1 with 7 points: in 6 or 7 of 10 runs the loss does not change and sticks at a value, "
        "whatever the number of layers and the learning rate\n"
        "dense_1 = Dense(4, activation='relu')(input_1)\n"
        "dense_2 = Dense(2, activation='relu')(dense_1)\n"
        "dense_3 = Dense(1, activation='relu')(dense_2)\n"
        "model_2.compile(loss = keras.losses.MeanSquaredError(), optimizer = keras.optimizers.Adam(0.001))",
        {},
        "dead-units",
    ),
    "irtrailenium/train-ego-path-detection 4": (
        ("The validation loss is consistently lower than the training loss during the first tens of epochs"),
        {},
        "train-above-validation",
    ),
    "skorch-dev/skorch 722": (
        (
            "In the MNIST example the training loss is higher than the validation loss at each epoch, this "
            "should not be possible with proper shuffling"
        ),
        {},
        "train-above-validation",
    ),
    "coetaur0/ESIM 17": (
        (
            "Throughout my first 7 epochs loss is always lower on the validation set\n"
            "* Training epoch 2:\n"
            "-> Training time: 855.3887s, loss = 0.4858, accuracy: 81.1468%\n"
            "* Validation for epoch 2:\n"
            "-> Valid. time: 3.0217s, loss: 0.3845, accuracy: 85.4095%\n"
            "* Training epoch 3:\n"
            "-> Training time: 853.2559s, loss = 0.4385, accuracy: 83.2263%\n"
            "* Validation for epoch 3:\n"
            "-> Valid. time: 2.9044s, loss: 0.3668, accuracy: 86.1613%"
        ),
        {},
        "train-above-validation",
    ),
    "keras 3189": (
        (""),
        {
            "history": [
                {"loss": 0.3793, "val_loss": 0.2733},
                {"loss": 0.2661, "val_loss": 0.256},
                {"loss": 0.2457, "val_loss": 0.2331},
                {"loss": 0.2259, "val_loss": 0.2158},
            ]
        },
        "train-above-validation",
    ),
    "xw1216/EEG-FM-Bench 7": (
        ("balanced accuracy on the test set increases, but at the same time the test loss does so as well"),
        {},
        "overconfident",
    ),
    "myungsub/CAIN 2": (
        ("The loss gradually declined with the epochs, but after about 10 epochs the loss exploded suddenly without any sign"),
        {},
        "diverging",
    ),
    "facebookresearch/fairseq 1533": (
        (
            "pre-training RoBERTa: the loss keeps decreasing within 14 epochs, at epoch 15 the valid loss "
            "increased from 1.8 to 10.1"
        ),
        {},
        "diverging",
    ),
    "tensorflow/models 3868": (
        (
            "after a few steps the loss gets insanely big\n"
            "global step 435: loss = 0.0630 (0.408 sec/step)\n"
            "global step 436: loss = 0.1628 (0.404 sec/step)\n"
            "global step 437: loss = 0.0577 (0.397 sec/step)\n"
            "global step 438: loss = 54059178029467303936.0000 (0.403 sec/step)\n"
            "global step 439: loss = 432537635714800549888.0000 (0.400 sec/step)\n"
            "global step 440: loss = 2106942657570782838784.0000 (0.405 sec/step)"
        ),
        {},
        "diverging",
    ),
    "barronalex/Tacotron 7": (
        ("'loss exploded' is thrown and the training stops"),
        {},
        "diverging",
    ),
    "tensorflow 800": (
        (
            "there was a sudden loss explosion at around step 70000, from 2 to 2000, and again up to 2 million; "
            "evaluated at 50.4 % afterwards"
        ),
        {},
        "diverging",
    ),
    "jvargasmu/population_estimation 68": (
        ("sometimes the initial solution predicts only zeros due to RELU activation, and hence no gradients emerge"),
        {},
        "dead-units",
    ),
    "keras 7057": (
        ("some ReLU neurons never fire during an entire epoch, their gradient is zero so their weights are not updated"),
        {},
        "dead-units",
    ),
    "manishsoni1908/Mobilenet-ssd-keras 21": (
        (
            "Working fine for 3 batches in the first iteration, after that the loss becomes NaN or inf\n"
            "  3/234 [....] - ETA: 33:37:24 - loss: 44.4110\n"
            "Batch 3: Invalid loss, terminating training\n"
            "  4/234 [....] - ETA: 25:09:00 - loss: inf"
        ),
        {},
        "diverging",
    ),
    "AlexeyAB/darknet 8276": (
        ("When I train text with RNN or LSTM, the loss (avgLoss) does not decrease. Instead, the loss is increasing"),
        {},
        "diverging",
    ),
    "keras 7375": (
        (""),
        {
            "history": [
                2.0411,
                1.6363,
                1.548,
                1.5036,
                1.4742,
                1.4563,
                1.4406,
                1.4286,
                1.4175,
                1.4061,
                1.3981,
                1.391,
                1.3848,
                1.3789,
                1.3745,
                1.52,
                1.83,
                2.9,
                3.1,
                3.2,
            ],
            "kind": "cross-entropy",
        },
        "diverging",
    ),
    "deepinsight/insightface 1704": (
        (
            "arcface_torch: even though the LR is not adjusted there, the loss drops significantly and then "
            "rises at the start of the epoch"
        ),
        {},
        "restart-spikes",
    ),
    "mlfoundations/open_clip 556": (
        ("ViT-B32, batch size 65k: my loss spikes after each epoch"),
        {},
        "restart-spikes",
    ),
    "fchollet/deep-learning-with-python-notebooks 191": (
        ("regular spikes in training and validation loss at the end and beginning of each epoch"),
        {},
        "restart-spikes",
    ),
    "google-research/simclr 189": (
        ("recurring spike in the training loss at the last batch, which is dropped; data is shuffled"),
        {},
        "restart-spikes",
    ),
    "diux-dev/cluster 43": (
        ("spikes in training loss once per epoch, uneven batch size"),
        {},
        "restart-spikes",
    ),
    "wandb/senpai 3119": (
        ("lr=7e-4 with warmup: smooth until epoch 18, then the metric spiked from 20.9 to 75.7 and oscillates; 5e-4 is stable"),
        {},
        "diverging",
    ),
    "stackoverflow 47824598": (
        ("Why does my training loss have regular spikes? They come at even intervals, once an epoch"),
        {},
        "restart-spikes",
    ),
    "stackoverflow 48845354": (
        (""),
        {
            "history": [
                {"loss": 1.8, "val_loss": 1.1},
                {"loss": 1.2, "val_loss": 0.81},
                {"loss": 0.95, "val_loss": 0.7},
                {"loss": 0.83, "val_loss": 0.63},
            ]
        },
        "train-above-validation",
    ),
    "stackoverflow 37232782": (
        ("NaN loss when training a regression network in Keras, SGD, targets are counts up to thousands"),
        {},
        "diverging",
    ),
    "EvolvingLMMs-Lab/OneVision-Encoder 65": (
        "Resuming from a checkpoint the loss spikes and training is unstable for thousands of steps; backbone and "
        "scheduler are saved, the optimizer is not",
        {},
        "restart-spikes",
    ),
    "NVIDIA/apex 180": (
        "With opt_level O2 the loss spikes when I load the checkpoint and go on, with O1 it does not",
        {},
        "restart-spikes",
    ),
    "ruotianluo/pytorch-faster-rcnn 116": (
        "I plot training and validation loss per epoch, each averaged over its images: the validation loss is less "
        "than the training loss",
        {},
        "train-above-validation",
    ),
    "attilanagy234/neural-punctuator 8": (
        "Validation accuracy greater than training and validation loss lesser than train. Is it class imbalance?",
        {},
        "train-above-validation",
    ),
    "mashrurmorshed/Torch-KWT 6": (
        "After 50000 steps validation and test accuracy are above 99 %, on the training set it is 91 %. Four runs gave "
        "the same",
        {},
        "train-above-validation",
    ),
    "thuml/Autoformer 155": (
        "关于带入自己数据集后，train loss大于valid loss大于test loss，训练误差很大，验证误差和测试误差反而小很多",
        {},
        "train-above-validation",
    ),
    "keras 503": (
        "cifar_cnn for 10 epochs: the loss that fit prints at the end of the last epoch is much higher than that of "
        "evaluate on the same training data",
        {},
        "train-above-validation",
    ),
    "keras 605": (
        "The training loss is higher than the val_loss though I give validation_data that is the training data",
        {},
        "train-above-validation",
    ),
    "flairNLP/flair 670": (
        "Training and test loss are on different scales: the loss of training stays far above that of dev and test in "
        "each epoch of the SequenceTagger",
        {},
        "train-above-validation",
    ),
    "chelsea0x3b/dfdx 486": (
        "The gradients are exactly zero after some training. The output layer is a ReLU",
        {},
        "dead-units",
    ),
    "lucidrains/deep-cross-attention 2": (
        "weights are initialised to zero, there is no bias, and a ReLU follows: no gradient ever moves them",
        {},
        "dead-units",
    ),
    "shidi1985/L2RPN 6": (
        "The gradient was zero from start to end and the weights were not updated. The activation is relu",
        {},
        "dead-units",
    ),
    "ProteomicsML/ProteomicsML 203": (
        "The LSTM returns constantly 0 for all peptides of the validation set; the last layer is linear with a ReLU",
        {},
        "dead-units",
    ),
    "keras 3687": (
        "All predictions are zero: LSTM(activation='relu') twice, TimeDistributed(Dense(1, activation='relu')), "
        "mean_squared_error",
        {},
        "dead-units",
    ),
    "ultralytics/yolov5 292": (
        "--resume: the learning rate is reset to 0.01 at the first epoch after resuming",
        {},
        "restart-spikes",
    ),
    "KaiyangZhou/deep-person-reid 270": (
        "I resumed after an interruption and the learning rate did not go on from the break point, it dropped again "
        "from the initial 0.0015",
        {},
        "restart-spikes",
    ),
    "lightly-ai/lightly-train 301": (
        "The learning rate goes back to its warm-up stage when an interrupted training is resumed: the scheduler is not saved",
        {},
        "restart-spikes",
    ),
    "NVlabs/stylegan2-ada-pytorch 108": (
        "I do not see where the optimizers' states are restored when training is resumed. Will this not ruin it?",
        {},
        "restart-spikes",
    ),
    "ultralytics 18046": (
        "The loss spikes after resuming YOLOv8 training of a segmentation task",
        {},
        "restart-spikes",
    ),
    "tensorflow/similarity 297": (
        "After loading the last checkpoint the loss does not go on from where it was, it is as high as at the start",
        {},
        "restart-spikes",
    ),
    "thtrieu/darkflow 784": (
        "The loss had reached 0.04. I stopped and trained on from the last checkpoint with the same images: now it "
        "starts from 2000",
        {},
        "restart-spikes",
    ),
    "facebookresearch/UnsupervisedMT 47": (
        "The back-translation loss was 0.8 when I stopped and is 6 when I restart, though the checkpoint was reloaded",
        {},
        "restart-spikes",
    ),
    "tensorflow 27049": (
        "Resuming from a ModelCheckpoint gives other losses than an uninterrupted run",
        {},
        "restart-spikes",
    ),
    "tensorflow 40342": (
        "model.save and load_model: after the restart at step 26k the loss spiked up",
        {},
        "restart-spikes",
    ),
    "neuroailab/tfutils 72": (
        "The momentum is not in the checkpoint, so performance degrades when I train on from it",
        {},
        "restart-spikes",
    ),
    "tensorflow 30086": (
        "Continuing after loading the latest checkpoint the performance dropped a lot; I think Adam's moments begin at zero",
        {},
        "restart-spikes",
    ),
    "ultralytics/yolov5 10072": (
        "box_loss and obj_loss of validation are lower than those of training. Is it because of regularisation?",
        {},
        "train-above-validation",
    ),
    "ultralytics/yolov5 7017": (
        "My val losses are constantly lower than my train losses, why is that?",
        {},
        "train-above-validation",
    ),
    "ultralytics/yolov3 1329": (
        "Why is val loss always slightly lower than my training loss? is this normal?",
        {},
        "train-above-validation",
    ),
    "fizyr/keras-retinanet 155": (
        "VOC 2007: the loss decreases, val_regression_loss stays, val_classification_loss goes from 0.3348 after epoch "
        "5 to 0.8527",
        {},
        "overconfident",
    ),
    "daniellerch/stegolab 1": (
        "Epoch 1/10\n"
        " - 383s - loss: 0.5388 - acc: 0.7156 - val_loss: 0.7477 - val_acc: 0.5938\n"
        "Epoch 2/10\n"
        " - 377s - loss: 0.4599 - acc: 0.7707 - val_loss: 0.7986 - val_acc: 0.6250\n"
        "Epoch 3/10\n"
        " - 378s - loss: 0.3090 - acc: 0.8372 - val_loss: 1.1656 - val_acc: 0.5312\n"
        "Epoch 4/10\n"
        " - 377s - loss: 0.2499 - acc: 0.8438 - val_loss: 1.3593 - val_acc: 0.5625",
        {},
        "overconfident",
    ),
    "hcnoh/knowledge-tracing-collection-pytorch 5": (
        "The auc is best in the first 20% of epochs and declines after, while the train loss decreases all the time",
        {},
        "overconfident",
    ),
    "ultralytics/yolov5 3370": (
        "My plots look good except val cls_loss, which begins to increase after 2 epochs. Overfitting?",
        {},
        "overconfident",
    ),
    "BVLC/caffe 4449": (
        "Iteration 0, loss = 2.46876\nIteration 100, loss = -nan\nlr = 0.01, 40 images",
        {},
        "diverging",
    ),
    "BVLC/caffe 1105": (
        "cifar10 example:\nIteration 0, loss = 2.30264\nIteration 200, loss = nan\nIteration 400, loss = nan\nlr = 0.001",
        {},
        "diverging",
    ),
    "BVLC/caffe 399": (
        "Iteration 40, lr = 0.01\n"
        "Iteration 40, loss = 6.99261\n"
        "Iteration 80, lr = 0.01\n"
        "Iteration 80, loss = nan\n"
        "Iteration 120, loss = nan",
        {},
        "diverging",
    ),
    "BVLC/caffe 4614": (
        "EuclideanLoss, labels like 8.454: the loss is 0 to 10 and suddenly becomes very high, 1.2e+13",
        {},
        "diverging",
    ),
    "mlbench/mlbench-old 50": (
        "last_epoch of the scheduler is -1 again after training is resumed",
        {},
        "restart-spikes",
    ),
    "tyshiwo1/DiM-DiffusionMamba 5": (
        "Running the train command again loads the model but the learning rate starts from the beginning",
        {},
        "restart-spikes",
    ),
    "mozilla/DeepSpeech 2377": (
        "The process was killed in epoch 5; I trained on from the best checkpoint with the same lr and the losses are "
        "not where they were",
        {},
        "restart-spikes",
    ),
    "p-doom/jasmine 17": (
        "The optimizer states are not restored on checkpoint resume",
        {},
        "restart-spikes",
    ),
    "keras-team/keras 1761 as facts": (
        "",
        {"history": [{"loss": 1.7436, "acc": 0.5749, "val_loss": 1.5925, "val_acc": 0.6434}], "framework": "keras"},
        "train-above-validation",
    ),
    "lessw2020/Ranger-Deep-Learning-Optimizer 19": (
        "I load optimizer.state_dict() too, but each time I restart the training accuracy goes down and then recovers",
        {},
        "restart-spikes",
    ),
    "PrimeIntellect-ai/prime-diloco 97": (
        "The loss is strange when training starts again from a checkpoint, from the very first step on",
        {},
        "restart-spikes",
    ),
    "FluxML/model-zoo 220": (
        "The stock cifar10.jl with VGG: accuracy is stuck at 0.087 and the loss increases",
        {},
        "diverging",
    ),
    "cvignac/SMP 3": (
        "I keep getting a nan loss on my own node classification task and do not understand which operation it comes from",
        {},
        "diverging",
    ),
    "facebookresearch/maskrcnn-benchmark 295": (
        "Losses appear as nan in the middle of training; one GPU, 2 images per batch, BASE_LR 0.02",
        {},
        "diverging",
    ),
    "PaddlePaddle/PaddleDetection 2942": (
        "一开始训练应该是正常的，后面loss就全是nan，用的是ppyolov2",
        {},
        "diverging",
    ),
    "PaddlePaddle/PaddleDetection 4345": (
        "在benchmark脚本中单卡训练过程中出现nan值",
        {},
        "diverging",
    ),
    "PaddlePaddle/PaddleSlim 1582": (
        "",
        {"history": [10.000229, "nan", "nan", "nan", "nan", "nan"], "framework": "paddle"},
        "diverging",
    ),
    "CharlieDinh/pFedMe 11": (
        "why will the train loss be nan?",
        {},
        "diverging",
    ),
    "facebookresearch/maskrcnn-benchmark 831": (
        "loss_classifier: nan (nan)",
        {},
        "diverging",
    ),
    "keras-team/keras 3559 as facts": (
        "",
        {"history": [{"val_loss": 1.3, "val_acc": 0.85}, {"val_loss": 1.4, "val_acc": 0.86}]},
        "overconfident",
    ),
    "keras-team/keras 7866": (
        "why do val_loss and val_acc increase together? Inception v3 on my own data set",
        {},
        "overconfident",
    ),
    "keras-team/keras 3328": (
        "",
        {
            "history": [
                {"loss": 0.6966, "acc": 0.5301, "val_loss": 0.7023, "val_acc": 0.5089},
                {"loss": 0.678, "acc": 0.5763, "val_loss": 0.7338, "val_acc": 0.5098},
                {"loss": 0.6549, "acc": 0.611, "val_loss": 0.761, "val_acc": 0.513},
                {"loss": 0.62, "acc": 0.65, "val_loss": 0.82, "val_acc": 0.52},
            ],
            "framework": "keras",
        },
        "overconfident",
    ),
    "karpathy/nanoGPT 136": (
        "loss: nan after training for about 2000 iterations; I only changed the block size from 1024 to 512 and disabled wandb",
        {},
        "diverging",
    ),
    "JiahuiYu/wdsr_ntire2018 36": (
        "After about 15,000 steps the loss suddenly turned into nan, lr=1e-4, batch_size=16, my data is clean",
        {"kind": "L1Loss"},
        "diverging",
    ),
    "NVlabs/Deep_Object_Pose 74": (
        "why does the loss go to inf and nan?",
        {},
        "diverging",
    ),
    "zudi-lin/rcan-it 14": (
        "All fine at first; after 10000 iterations on my own images the loss gets larger and larger, finally NaN",
        {},
        "diverging",
    ),
    "roytseng-tw/Detectron.pytorch 29 as facts": (
        "",
        {"loss": "nan", "kind": "smooth_l1", "framework": "pytorch"},
        "diverging",
    ),
    "munikarmanish/bert-sentiment 1": (
        "epoch=1 train_loss=0.0481, val_loss=0.0378, train_acc=0.299, val_acc=0.494\n"
        "epoch=29 train_loss=0.0010, val_loss=0.0916, train_acc=0.991, val_acc=0.500",
        {},
        "overconfident",
    ),
    "moein-shariatnia/OpenAI-CLIP 9": (
        "Validation loss of the CLIP model increases and never decreases. Supposed to happen?",
        {},
        "overconfident",
    ),
    "hkchengrex/STCN 54": (
        "Training was interrupted at 140k, after loading _checkpoint.pth the loss is very big",
        {},
        "restart-spikes",
    ),
    "tensorflow/playground 3": (
        "Neurons and output turn NaN, tanh, batch 1, learningRate=1, regression",
        {},
        "diverging",
    ),
    "manicman1999/StyleGAN2-Tensorflow-2.0 4": (
        "After a few minutes of training I hit a NaN value error",
        {"kind": "gan", "framework": "tf"},
        "diverging",
    ),
    "Unity-Technologies/ml-agents 89": (
        "A brain that learns to jump converges to NaNs in all actions",
        {},
        "diverging",
    ),
    "nfmcclure/tensorflow_cookbook 129": (
        "",
        {"history": ["nan", "nan", "nan", "nan", "nan", "nan", "nan", "nan", "nan", "nan"], "framework": "tensorflow"},
        "diverging",
    ),
    "apoorvnandan/speech-recognition-primer 2": (
        "After some epochs with my own data the ctc loss got nan",
        {"history": [24.569, 20.572, 29.437, "nan"], "kind": "ctc"},
        "diverging",
    ),
    "Yang7879/3D-RecGAN 6": (
        "After changing the batch size the predicted result is a matrix of 0",
        {},
        "dead-units",
    ),
    "rstudio-conf-2020/dl-keras-tf 9 as facts": (
        "",
        {"loss": "nan", "kind": "mean_squared_error", "framework": "keras", "history": ["nan", "nan", "nan", "nan"]},
        "diverging",
    ),
    "swz30/MPRNet 29": (
        "loss was 100 in the first epoch and 70 in the 69th, then suddenly 800,000 in the 70th",
        {},
        "diverging",
    ),
    "milesial/Pytorch-UNet 246": (
        "The loss goes down nicely but jumps to the peak value after that",
        {},
        "diverging",
    ),
    "davisking/dlib 610": (
        "With a rate above 1e-8 my own loss is nan after a few iterations",
        {},
        "diverging",
    ),
    "xlvector/learning-dl 1": (
        "lr 0.0001: Train-Accuracy rises to 0.16, after batch 1300 it is 0.000000",
        {},
        "diverging",
    ),
    "AmingWu/Single-DGOD 21": (
        (
            "Loss is nan. The learning rate is 0.001 with two cards and a batch size of 8. It only works "
            "when I reduce the learning rate to 1e-5, but then it hardly converges."
        ),
        {"batch": 8},
        "diverging",
    ),
    "BobLiu20/FaceRecognition_PyTorch 2": (
        (
            "With a learning rate of 0.1 the loss is nan; when I change it to 0.001 the loss is normal. Why? "
            "The README says 0.1 is fine."
        ),
        {"classes": 10575},
        "diverging",
    ),
    "keras-team/keras 4531": (
        (
            "mnist_mlp.py with the training data passed as validation data too: the validation loss differs "
            "from the training loss, sometimes much, though they should be equal."
        ),
        {},
        "train-above-validation",
    ),
    "NVIDIA/flowtron 97": (
        (
            "Training from a pretrained model on my own small set of recordings: the validation loss keeps "
            "going up, while training loss falls. Fine-tuning only the speaker embedding it goes down."
        ),
        {},
        "overconfident",
    ),
    "mlfoundations/open_clip 31": (
        (
            "The CLIP validation loss begins to slope upwards halfway through training, but validation "
            "recall and zero-shot accuracy continue to increase until the end. Should I stop early by the "
            "loss?"
        ),
        {},
        "overconfident",
    ),
    "stats.stackexchange 278951": (
        (
            "A 2-layer CNN on audio with categorical crossentropy: both the validation loss and the "
            "validation accuracy go up. With L2 regularization the loss goes down."
        ),
        {},
        "overconfident",
    ),
    "datascience.stackexchange 39661": (
        (
            "An autoencoder for anomaly detection: validation loss is lower than the training loss, which is "
            "weird. Without the dropout layer it is a bit higher."
        ),
        {"kind": "mse"},
        "train-above-validation",
    ),
    "sgrvinod/a-PyTorch-Tutorial-to-Object-Detection 38": (
        "SSD on my own dataset: the loss grows to thousands, then becomes nan",
        {},
        "diverging",
    ),
    "pytorch/torchtitan 1213": (
        (
            "After loading from a checkpoint the loss spikes and returns to expected values after a few "
            "steps. step: 6 loss: 2.4664 in the first run"
        ),
        {},
        "restart-spikes",
    ),
    "YunYang1994/TensorFlow2.0-Examples 8": (
        (
            "=> STEP  748   lr: 0.000598   giou_loss: 2.10   conf_loss: 6.18   prob_loss: 0.03   total_loss: "
            "8.31\n"
            "=> STEP  749   lr: 0.000599   giou_loss: 2.54   conf_loss: 6.51   prob_loss: 0.02   total_loss: "
            "9.07\n"
            "=> STEP  750   lr: 0.000600   giou_loss:  nan   conf_loss: 10.89   prob_loss: 0.06   "
            "total_loss:  nan\n"
            "=> STEP  751   lr: 0.000601   giou_loss:  nan   conf_loss:  nan   prob_loss:  nan   "
            "total_loss:  nan"
        ),
        {},
        "diverging",
    ),
    "deepinsight/insightface 377": (
        (
            "ResNet100 with lr 0.1: the loss rises within each epoch after a fast decrease at its beginning, "
            "a cycle in every epoch; the record file is shuffled through a buffer"
        ),
        {},
        "restart-spikes",
    ),
    "BVLC/caffe 1445": (
        "The average training loss increases drastically every 10,000 iterations, then comes down again",
        {},
        "restart-spikes",
    ),
    "dennybritz/cnn-text-classification-tf 56": (
        ("My dev loss increases steadily with default parameters while dev accuracy stays stable and train loss has reached 0"),
        {},
        "overconfident",
    ),
    "YunYang1994/tensorflow-yolov3 248": (
        ("For the first epochs the test loss goes down with the training loss, then it remains constant and goes up"),
        {},
        "overconfident",
    ),
    "hysts/pytorch_resnet_preact 1": (
        (
            "The test loss increases after the first reduction of the learning rate, though test accuracy is "
            "still improving. Does the model overfit?"
        ),
        {},
        "overconfident",
    ),
    "ecs-vlc/FMix 28": (
        ("Training accuracy is much lower than validation accuracy with FMix masks. Am I missing something?"),
        {},
        "train-above-validation",
    ),
    "PaddlePaddle/PaddleOCR 3254": (
        ("Accuracy suddenly drops to 0% during training with lr 0.01, batch size 128 and a CyclicalCosine schedule"),
        {"batch": 128},
        "diverging",
    ),
    "lc222/char-cnn-text-classification-tensorflow 3": (
        (
            "Sudden increase of loss after ~4000 steps\n"
            "2018-03-21T13:57:06.444321: step 3869, loss 0.273636, acc 0.90625\n"
            "2018-03-21T13:57:15.877391: step 3870, loss 0.232426, acc 0.929688\n"
            "2018-03-21T13:57:23.503175: step 3871, loss 3.60959, acc 0.5625\n"
            "2018-03-21T13:57:31.559549: step 3872, loss 8.54077, acc 0.46875\n"
            "2018-03-21T13:57:41.647740: step 3873, loss 5.25972, acc 0.429688\n"
            "2018-03-21T13:57:51.344488: step 3874, loss 322.297, acc 0.234375\n"
            "2018-03-21T13:58:19.820908: step 3877, loss 4977.22, acc 0.289062\n"
            "2018-03-21T13:58:36.979536: step 3879, loss 1825.98, acc 0.26"
        ),
        {},
        "diverging",
    ),
    "google/trax 614": (
        (
            "I train a reformer language model on a big corpus. After 18k steps the loss jumped up to a new "
            "level much higher than before and stays there."
        ),
        {},
        "diverging",
    ),
    "goodfire-ai/spd 87": (
        ("In the run on all MLP layers we see a lot of loss spikes; a smaller learning rate at least reduces them"),
        {},
        "diverging",
    ),
    "datascience.stackexchange 55902": (
        ("XGBClassifier tuned for accuracy, 0.9 on the test set; predict_proba gives almost only 0 to 0.1 and 0.9 to 1"),
        {"accuracy": 0.9},
        "overconfident",
    ),
    "tflearn 105": (
        ("LSTM on time series: the total accuracy goes up quite nicely, validation accuracy goes down. Why?"),
        {},
        "overconfident",
    ),
    "hiyouga/LlamaFactory 512": (
        (
            "sft of a 13b model is interrupted; loaded again from checkpoint-1000 the loss is 1.1 where it "
            "was 0.95, with or without warmup"
        ),
        {"batch": 16},
        "restart-spikes",
    ),
    "UKPLab/sentence-transformers 2648": (
        "With resume_from_checkpoint the loss goes on as if the model was untrained",
        {},
        "restart-spikes",
    ),
    "mxnet 9866": (
        ("VGG16 on CIFAR-10: with lr 0.01 and a Gaussian Xavier it does not converge, with 0.00025 it does"),
        {},
        "diverging",
    ),
    "bricewalker/Hey-Jetson 7": (
        (
            "3455/3455 - loss: 356.8575 - val_loss: 237.5635\n"
            "Epoch 2/30\n"
            "1883/3455 - loss: nan Batch 1882: Invalid loss, terminating training"
        ),
        {},
        "diverging",
    ),
    "MIC-DKFZ/nnUNet 1118": (
        ("The Dice part is multiplied by 100 for each class and example; quickly training and validation losses are NaN"),
        {"loss": float("nan")},
        "diverging",
    ),
    "PennyLaneAI/demos 446": (
        (
            "Transfer learning of a ResNet: validation accuracy is above training accuracy, even if I swap "
            "the two sets. Without model.eval() it goes away"
        ),
        {},
        "train-above-validation",
    ),
    "sunnyxiaohu/R-C3D.pytorch 4": (
        "the loss is nan, could you tell me how to solve this?",
        {"loss": float("nan"), "framework": "pytorch"},
        "diverging",
    ),
    "facebookresearch/maskrcnn-benchmark 487": (
        (
            "I added layers and a new loss; after several iterations features and loss are nan. A lower "
            "learning rate and clipping do not help. The new loss is about 10, the old one about 1"
        ),
        {},
        "diverging",
    ),
    "winycg/HCGNet 2": (
        "Why is the test accuracy on cifar10 90% while the train accuracy is about 50%?",
        {},
        "train-above-validation",
    ),
    "pytorch-image-models 1118": (
        ("With timm my test loss ends below the train loss, and test accuracy is much higher than train accuracy"),
        {"framework": "timm"},
        "train-above-validation",
    ),
    "kai-wen-yang/CD-VAE 3": (
        "cifar: the acc of the training set is lower than that of the test set, is it correct?",
        {},
        "train-above-validation",
    ),
    "MahdiHajibabaei/unified-embedding 6": (
        ("I train ResNet-20 as in the paper, the loss diverges, there is no difference in the configuration"),
        {},
        "diverging",
    ),
}
