"""Public cases of the targets; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "milesial/Pytorch-UNet 78": (
        "Starting epoch 10/10.\n0.0000 --- loss: -1086.89\n0.0526 --- loss: -2474.71\n0.1053 --- loss: "
        "-2207.03\n0.1579 --- loss: -1271.19",
        {},
        "target-outside",
    ),
    "keras 13926": (
        "binary_crossentropy gives negative loss values, labels are not 0 and 1 for one column",
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 84": (
        "Epoch 1/5: 100%| loss (batch)=-9.27e+5]\nEpoch 2/5: 100%| loss (batch)=-4.68e+6]\nEpoch 3/5: 100%| "
        "loss (batch)=-1.14e+7]",
        {},
        "target-outside",
    ),
    "bigmb/Unet-Segmentation 18": (
        "bce with logits is negative, -0.31, augmentation made the mask [-1, 1]",
        {},
        "target-outside",
    ),
    "tensorflow 71638": (
        "tf.keras.losses.binary_crossentropy is -1.78e-06 for y_true = 1.00000006 and a prediction of 1.0",
        {},
        "target-outside",
    ),
    "datascience.stackexchange 38604": (
        "MNIST with Dense(1, sigmoid) and binary_crossentropy\n"
        "Epoch 1/10\n"
        "40199/40199 [==============================] - 3s 76us/step - loss: -55.0254 - acc: 0.1142 - val_loss: "
        "-55.1361 - val_acc: 0.1088\n"
        "Epoch 2/10\n"
        "40199/40199 [==============================] - 3s 76us/step - loss: -55.0284 - acc: 0.1141 - val_loss: "
        "-55.1361 - val_acc: 0.1088\n"
        "Epoch 3/10\n"
        "40199/40199 [==============================] - 3s 76us/step - loss: -55.0284 - acc: 0.1141 - val_loss: "
        "-55.1361 - val_acc: 0.1088\n"
        "Epoch 4/10\n"
        "40199/40199 [==============================] - 3s 76us/step - loss: -55.0284 - acc: 0.1141 - val_loss: "
        "-55.1361 - val_acc: 0.1088",
        {},
        "target-outside",
    ),
    "mlpack 3601": (
        "VAE of mlpack: the loss is negative in training and in evaluation. This happens when our input is "
        "not in the 0 to 1 range. Is this expected?",
        {},
        "target-outside",
    ),
    "mateuszbuda/brain-segmentation-pytorch 36": (
        "I see negative loss values and a Dice coefficient of 0\n"
        "loss for step: 622 = [-0.9068316221237183]\n"
        "loss for step: 623 = [-0.9329317808151245]\n"
        "loss for step: 624 = [-0.9376015663146973]\n"
        "Best validation mean DSC: 0.000000",
        {},
        "target-outside",
    ),
    "pytorch 123339": (
        "BCEWithLogitsLoss()(torch.FloatTensor([.5]), torch.FloatTensor([2])) gives tensor(-0.0259), BCELoss raises an error",
        {},
        "target-outside",
    ),
    "Lightning-Universe/lightning-bolts 177": (
        "The tensors of the target x of the VAE contain values outside of [0, 1], and the loss is F.binary_cross_entropy",
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models 95": (
        "What am I doing wrong?\n"
        "Train on 6 samples, validate on 2 samples\n"
        "Epoch 1/10\n"
        "6/6 [==============================] - 11s 2s/step - loss: 23.4232 - iou_score: 0.8338 - val_loss: "
        "270.5751 - val_iou_score: 0.2407\n"
        "Epoch 2/10\n"
        "6/6 [==============================] - 0s 52ms/step - loss: -10.5406 - iou_score: 1.1558 - "
        "val_loss: 15.3342 - val_iou_score: 1.3462\n"
        "Epoch 3/10\n"
        "6/6 [==============================] - 0s 51ms/step - loss: -41.8985 - iou_score: 1.6151 - "
        "val_loss: -61.7260 - val_iou_score: 2.2258\n"
        "Epoch 4/10\n"
        "6/6 [==============================] - 0s 54ms/step - loss: -75.2752 - iou_score: 2.2215 - "
        "val_loss: -55.5733 - val_iou_score: 2.1647\n"
        "Epoch 5/10\n"
        "6/6 [==============================] - 0s 53ms/step - loss: -106.0778 - iou_score: 3.0294 - "
        "val_loss: -94.5141 - val_iou_score: 3.3411",
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models.pytorch 234": (
        "U-Net with ResNet152 and one class, binary masks: dice_loss - -10.63, iou_score - -1.209",
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models.pytorch 17": (
        "Binary segmentation, I get an IoU higher than 1, which is impossible\n"
        " 40/40 [00:06<00:00,  7.23it/s, bce_dice_loss - -3.208e+03, iou - 1.163, f-score - 0.9803]",
        {},
        "target-outside",
    ),
    "keras 6476": (
        "Autoencoder plus GAN on MNIST, scaled by X_train = (X_train - 127.5)/127.5; loss = "
        "['binary_crossentropy', 'mean_squared_error']. How can binary crossentropy + mean squared error be "
        "less than 0?",
        {},
        "target-outside",
    ),
    "keras 2841": (
        "Convolutional autoencoder for CIFAR10: negative values of the loss, hard to converge, accuracy only "
        "0.003\n"
        "Train on 100 samples, validate on 20 samples\n"
        "Epoch 1/2\n"
        "100/100 - 0s - loss: -10.1022 - acc: 0.0515 - val_loss: -49.2346 - val_acc: 0.0464",
        {},
        "target-outside",
    ),
    "yajiemiao/pdnn 49": (
        "Stacked denoising autoencoder, reconstruction cost by layer\n"
        "Pre-training layer 0, epoch 0, cost 405.1\n"
        "Pre-training layer 0, epoch 1, cost 374.3\n"
        "Pre-training layer 1, epoch 0, cost -108174.0\n"
        "Pre-training layer 1, epoch 1, cost -334065.2\n"
        "Pre-training layer 1, epoch 2, cost -561826.7",
        {},
        "target-outside",
    ),
    "Lasagne/Recipes 54": (
        "Variational autoencoder with colour images of my own: an increasingly negative loss, is it normal? "
        "With MNIST it is positive\n"
        "Building model and compiling functions...\n"
        "L = 2, z_dim = 1, n_hid = 3, binary=True\n"
        "Epoch 1 of 300 took 36.576s\n"
        "  training loss:		1193603.765134\n"
        "  validation loss:		358401.526396\n"
        "Epoch 2 of 300 took 34.345s\n"
        "  training loss:		170094.748865\n"
        "  validation loss:		-990985.720292\n"
        "Epoch 3 of 300 took 34.682s\n"
        "  training loss:		-948598.243076\n"
        "  validation loss:		-2374793.240720\n"
        "Epoch 4 of 300 took 33.571s\n"
        "  training loss:		-2179357.580108\n"
        "  validation loss:		-3822347.805930",
        {},
        "target-outside",
    ),
    "crazydemo/facial-attribute-classification-with-graph 1": (
        "The facial attributes are labelled -1 and 1 and go into sparse_softmax_cross_entropy_with_logits: "
        "NaN everywhere on the GPU",
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models 71": (
        "The IoU is negative or above 1, the loss is negative too. Images and masks come from "
        "ImageDataGenerator(brightness_range=[0.5, 2], rotation_range=180)",
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models.pytorch 415": (
        "The CamVid example with DiceLoss: the dice loss is negative, the IoU score is in the 100s, the "
        "Fscore is more than 1 too",
        {},
        "target-outside",
    ),
    "hlamba28/UNET-TGS 8": (
        "Dividing all images by 255.0 does not work for those of the mask directory, so when I fit, "
        "binary_crossentropy is negative",
        {},
        "target-outside",
    ),
    "keras 15665": (
        "y_true = [[0., 1.], [0., 0.]], y_pred = [[0.6, 0.4], [0.4, 0.6]]: tf.keras.losses.Hinge() gives "
        "1.3, maximum(1 - y_true * y_pred, 0) gives 0.9",
        {},
        "target-outside",
    ),
    "keras 2588": (
        "I changed the last layer to linear and the loss to hinge for an SVM, with one-hot labels of 0 and "
        "1; the training accuracy does not change",
        {},
        "target-outside",
    ),
    "bfortuner/ml-glossary 113": (
        "The documentation says y = {0, 1}, but the hinge loss is that of {-1, +1}: it is 1 for y = 0 no matter what yhat is",
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 56": (
        "Epoch finished ! Loss: 0.16545738393068313\n"
        "Validation Dice Coeff: 1.004147481918335\n"
        "Should dice not lie between 0 and 1? My masks are not binary",
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 271": (
        "Another data set, a binary mask for one class and background: the loss is negative like -1000 and "
        "the Dice coefficient greater than 1",
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models 403": (
        "The Dice loss becomes negative after 2-3 epochs and IoU greater than 1; my masks are binary in {0, "
        "1}, the images range from 0 to 255",
        {},
        "target-outside",
    ),
    "scikit-learn 30910": (
        "log_loss(y_true, y_pred, labels=['dog', 'cat']) gives 36.0437 though each is predicted right: columns "
        "are not in sorted order",
        {},
        "label-order",
    ),
    "dotnet/machinelearning 3773": (
        "ML.NET multiclass: the metrics are incorrect when the order of the labels does not correspond to their indices",
        {},
        "label-order",
    ),
    "keras 6075": (
        "A CNN with ~97 % accuracy predicts classes that do not correspond to datagen.class_indices: images "
        "of class0 always give index 3",
        {},
        "label-order",
    ),
    "sniper0110/IntroductionToTensorflow2 1": (
        "The predictor regards class 2 as class 12; I use ImageDataGenerator and flow_from_directory with 43 classes",
        {},
        "label-order",
    ),
    "lxztju/pytorch_classification 9": (
        "with LabelSmoothing 0.1 the loss only moves from 0.6105 to 0.6092, accuracy 99.2 %, while plain cross entropy is 0.14",
        {},
        "smoothing-floor",
    ),
    "cleverhans-lab/cleverhans 1133": (
        "Two-class model: the final loss is about 0.2 with the CrossEntropy of cleverhans and 0.01 with caffe on "
        "the same data; label smoothing 0.1",
        {},
        "smoothing-floor",
    ),
    "pytorch 130342": (
        "torch.nn.CrossEntropyLoss with label_smoothing 0.1 and 1000 classes does not reach zero at its minimum",
        {},
        "smoothing-floor",
    ),
    "scikit-learn 6703": ("log_loss is 9.99e-16 for y_true = [1, 1, 1]: only one label is present", {}, "one-label"),
    "scikit-learn 7086": (
        "log_loss([1], [0]) is 9.9920072216264148e-16 and log_loss([0], [1]) is 34.539575992340879 in sklearn",
        {},
        "one-label",
    ),
    "Smadx/USTC-ML24-Fall 35": ("第二部分loss为0，accuracy为1。没有取对数，导致所有样本的label都是1", {}, "one-label"),
    "jakeret/tf_unet 201": (
        "Why loss = 0, accuracy = 1?\n"
        "2018-07-28 20:06:05,497 Epoch 6, Average loss: 0.0000, learning rate: 0.0010\n"
        "2018-07-28 20:06:07,193 Verification error= 0.0%, loss= 0.0000\n"
        "2018-07-28 20:06:11,507 Iter 224, Minibatch Loss= 0.0000, Training Accuracy= 1.0000, Minibatch "
        "error= 0.0%\n"
        "2018-07-28 20:06:15,188 Iter 226, Minibatch Loss= 0.0000, Training Accuracy= 1.0000, Minibatch "
        "error= 0.0%\n"
        "2018-07-28 20:06:18,837 Iter 228, Minibatch Loss= 0.0000, Training Accuracy= 1.0000, Minibatch "
        "error= 0.0%\n"
        "2018-07-28 20:06:22,524 Iter 230, Minibatch Loss= 0.0000, Training Accuracy= 1.0000, Minibatch "
        "error= 0.0%",
        {},
        "one-label",
    ),
    "scikit-learn 18523": ("log_loss raises a ValueError for samples whose labels are all 0 or all 1", {}, "one-label"),
    "milesial/Pytorch-UNet 228": (
        "kitti masks of type uint8 with values 0 to 18, net.classes=20. After the conversion to torch.long "
        "my true masks are all 0, and the predicted result is 0",
        {},
        "one-label",
    ),
    "HenriquesLab/ZeroCostDL4Mic 3": (
        "U-Net: I suspect that my binary label images become all zeros, as the accuracy rapidly becomes 1 "
        "and the loss 0. The output is all zero as well",
        {},
        "one-label",
    ),
    "deeplearning4j 6880": ("LossMultiLabel gives NaN if the label array of an example is all 0 or all 1", {}, "one-label"),
    "VladimirLi/tfVideoResearch 9": (
        "Only NaN in the loss from the start. 101 action classes, the label range is [1,101]",
        {},
        "target-outside",
    ),
    "rstudio/keras3 465": (
        "sparse_categorical_crossentropy in R, iris with 3 classes and 3 output nodes\n"
        "InvalidArgumentError: Received a label value of 3 which is outside the valid range of [0, 3).  "
        "Label values: 2 2 3 1 1 2 3 3",
        {},
        "target-outside",
    ),
    "yyccR/yolov5_in_tf2_keras 5": (
        "sparse_categorical_crossentropy训练时有的数据会出现nan，输入都正常，没有nan。换成binary_crossentropy就好了",
        {},
        "target-outside",
    ),
    "tensorflow 8484": (
        "sparse_softmax_cross_entropy_with_logits gives a loss of NaN on the GPU when a label is not inside "
        "the number of classes: classes = 5, ys = np.random.randint(classes + 1, size=100)",
        {},
        "target-outside",
    ),
    "shekkizh/FCN.tensorflow 17": (
        "My dataset has two classes, so I set NUM_CLASSES to 2, and the loss is NaN. With 3 or 151 and the "
        "same dataset it works. Lower learning rates of 1e-7 and 1e-8 did not help",
        {},
        "target-outside",
    ),
    "keras 11786": (
        "I have 7 categories and 7 units in the last Dense layer with softmax; with "
        "sparse_categorical_crossentropy and Adam(lr=0.001) the loss becomes nan",
        {},
        "target-outside",
    ),
    "pytorch 15666": (
        "My CIFAR10 variant has labels 1..10; with CrossEntropy I get ClassNLLCriterion.cu:105: Assertion `t "
        ">= 0 && t < n_classes` failed",
        {},
        "target-outside",
    ),
    "taey16/DomainTransferNetwork.pytorch 2": (
        "The code does target -= 1, so a target becomes -1\n"
        "ClassNLLCriterion.cu:101: Assertion `t >= 0 && t < n_classes` failed.",
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 258": (
        "I have 3 classes. RuntimeError: CUDA error: device-side assert triggered\n"
        "SpatialClassNLLCriterion.cu:106: Assertion `t >= 0 && t < n_classes` failed",
        {},
        "target-outside",
    ),
    "torch/nn 471": (
        "ClassNLLCriterion.lua:44: Assertion `cur_target >= 0 && cur_target < n_classes' failed.",
        {},
        "target-outside",
    ),
    "EricFillion/happy-transformer 248": (
        "csv with text and value, 14000 rows\nIndexError: Target -1 is out of bounds.",
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 291": (
        "n_classes = 2, masks loaded as they are: IndexError: Target 192 is out of bounds",
        {},
        "target-outside",
    ),
    "YutaroOgawa/pytorch_advanced 190": (
        "num_classes: 2 incl. background, my annotations use class 1 only; MultiBoxLoss: Target 2 is out of bounds.",
        {},
        "target-outside",
    ),
    "PaddlePaddle/Paddle 10945": (
        "cross_entropy not working when the label is not in the expected range: cross_entropy of uniform "
        "probabilities of 100 classes gives [1.e+20] when the label is 1000",
        {},
        "target-outside",
    ),
    "shekkizh/FCN.tensorflow 22": (
        "My own dataset, annotations formatted to gray scale as in MIT: the training loss is nan for all iterations",
        {},
        "target-outside",
    ),
    "WeiTang114/MVCNN-TensorFlow 8": (
        "Model diverged with loss = NaN on 12 views of my own, labels converted from the MATLAB code, 1 to 40",
        {},
        "target-outside",
    ),
    "facebookresearch/SlowFast 327": (
        "training loss is always 0.0, my data has only one action class\n"
        '[11/16 14:26:11][INFO] logging.py: 96: json_stats: {"_type": "train_iter", "epoch": "1/196", "loss": '
        '0.00000, "lr": 0.00010, "top1_err": 0.00000}\n'
        '[11/16 14:26:12][INFO] logging.py: 96: json_stats: {"_type": "train_iter", "epoch": "2/196", "loss": '
        '0.00000, "lr": 0.00010, "top1_err": 0.00000}\n'
        '[11/16 14:26:13][INFO] logging.py: 96: json_stats: {"_type": "train_iter", "epoch": "3/196", "loss": '
        '0.00000, "lr": 0.00010, "top1_err": 0.00000}',
        {},
        "one-class",
    ),
    "experiencor/keras-yolo2 101": (
        "Images with 1 label and 1 anchor box. The class loss is ALWAYS zero. Is that on purpose?",
        {},
        "one-class",
    ),
    "ultralytics/yolov5 3064": ("My dataset has only 1 class. During training my cls loss is 0 in each epoch", {}, "one-class"),
    "ultralytics/yolov3 191": (
        "When one class training is performed, the classification loss is always 0, because any N*1 matrix "
        "becomes all ones after the softmax in nn.CrossEntropyLoss(). Does it matter?",
        {},
        "one-class",
    ),
    "cnulab/RealNet 101": (
        "我仅使用单类数据集进行训练，训练classifier时loss一直为0，CrossEntropyLoss期望num_classes >= 2",
        {},
        "one-class",
    ),
    "eriklindernoren/PyTorch-YOLOv3 130": (
        "Single class detection on my own dataset: the other losses look ordinary and go down, only the cls loss is always 0",
        {},
        "one-class",
    ),
    "experiencor/keras-yolo2 314": ("When I train on the raccoon dataset the class loss is always zero", {}, "one-class"),
    "milesial/Pytorch-UNet 320": (
        "My dataset has only one class. If I set the number of classes to 1, the loss is always zero and nothing changes",
        {},
        "one-class",
    ),
    "jiawei-ren/BalancedMSE 19": (
        "Is the BMC loss OK when the batch size is 1? The loss falls to a constant 0",
        {},
        "one-class",
    ),
    "keras 126": (
        "Toy binary classification: loss and validation loss do not improve, predict_proba gives all ones\n"
        "model.add(Dense(64, 1, init='uniform', activation='softmax'))\n"
        "model.compile(loss='mean_squared_error', optimizer=sgd)",
        {},
        "one-class",
    ),
    "AyanKumarBhunia/Deep-One-Shot-Logo-Retrieval 7": (
        "The paper has a softmax for a mask of one channel and binary cross-entropy. With softmax as the "
        "final layer there are no good results, with a sigmoid the accuracy reaches 98 %",
        {},
        "one-class",
    ),
    "ultralytics/yolov5 2695": (
        "If I train a data set of a single class, the class loss is zero; is that right?",
        {},
        "one-class",
    ),
    "keras 741": (
        "I train a multi-label softmax classifier, an example has several ones in its one-hot code, and it does not converge",
        {},
        "target-not-normalised",
    ),
    "pytorch 60928": (
        "nn.KLDivLoss gives tensor(-0.0648), a negative value; output = [0.1132, 0.5477, 0.3390], target = "
        "[0.1541, 0.0511, 0.0947], loss(output.log(), target)",
        {},
        "target-not-normalised",
    ),
    "godardt/planet-amazon-deforestation 1": (
        "17 labels, several for one image: output layer changed from sigmoid to softmax, loss from "
        "binary_crossentropy to categorical_crossentropy",
        {},
        "target-not-normalised",
    ),
    "huanglau/Keras-Weighted-Binary-Cross-Entropy 2": (
        ("Binary Cross entropy returns negative values after fitting"),
        {},
        "target-outside",
    ),
    "zzh8829/yolov3-tf2 91": (
        (
            "I changed sparse categorical crossentropy for binary crossentropy on the class index, and now I am "
            "getting negative loss values"
        ),
        {},
        "target-outside",
    ),
    "ilivans/tf-rnn-attention 10": (
        ("reuters example with 46 classes in a model for binary classification: highly negative loss on each iteration"),
        {},
        "target-outside",
    ),
    "yangheng95/PyABSA 375": (
        ("IndexError: Target 2 is out of bounds in cross_entropy"),
        {},
        "target-outside",
    ),
    "mmsegmentation 3216": (
        ("loss = F.cross_entropy: IndexError: Target 63 is out of bounds"),
        {},
        "target-outside",
    ),
    "tensorflow 3739": (
        ("sparse_softmax_cross_entropy_with_logits with y = [1,2,3,4,7,8,9,10] and 8 classes prints 0 for some"),
        {},
        "target-outside",
    ),
    "transformers 44642": (
        ("users pre-shift their labels, the causal LM shifts them internally as well: next-next-token prediction"),
        {},
        "off-by-one-index",
    ),
    "transformers 47394": (
        (
            "GitForCausalLM shifts the labels manually and the loss function shifts them a second time, so token "
            "t + 2 is predicted"
        ),
        {},
        "off-by-one-index",
    ),
    "InternLM/InternLM 318": (
        ("labels are shifted by one position in the dataset, and in the model another shift is applied to the labels"),
        {},
        "off-by-one-index",
    ),
    "macrocosm-os/pretraining 64": (
        (
            "BartForCausalLM does not shift the label, so the model is not trained to predict the next token but "
            "the current token"
        ),
        {},
        "off-by-one-index",
    ),
    "datascience.stackexchange 38604 facts": (
        (""),
        {"loss": -55.0284, "accuracy": 0.1141, "framework": "keras"},
        "target-outside",
    ),
    "stackoverflow 44164749": (
        ("How does Keras handle multilabel classification? softmax in the last layer and several 1s in each target"),
        {},
        "target-not-normalised",
    ),
    "PaddlePaddle/PaddleSeg 436": (
        ("在用dice或者bce训练的时候loss出现了负数，bce有的时候全是负的而且越来越小"),
        {},
        "target-outside",
    ),
    "stackoverflow cross entropy of one output": (
        ("nn.Linear(128, 1) with nn.CrossEntropyLoss: the loss is always 0"),
        {},
        "one-class",
    ),
    "stackoverflow labels 1 to 5": (
        ("labels 1 to 5, Dense(5, softmax), sparse_categorical_crossentropy: loss nan"),
        {},
        "target-outside",
    ),
    "ThilinaRajapakse/simpletransformers 713": (
        ("loading the saved model does not reproduce the accuracy; the label list has to be sorted before it is mapped to ids"),
        {},
        "label-order",
    ),
    "deeplearning4j/DataVec 105": (
        (
            "low training loss but evaluating shows an accuracy of 0%, the labels of train and test iterators "
            "are in different order"
        ),
        {},
        "label-order",
    ),
    "uzh-rpg/rpg_event_representation_learning 2": (
        ("validation accuracy is lower than expected: train/test label mapping is inconsistent, listdir is not sorted"),
        {},
        "label-order",
    ),
    "experiencor/keras-yolo3 82": (
        ("predict.py gives wrong labels on every class, the order of classes in the json file is messed up"),
        {},
        "label-order",
    ),
    "googlecodelabs/tensorflow-for-poets-2 6": (
        (
            "evaluate.py gives an accuracy that is too low, the permutation within image_lists.keys() is not "
            "that of retrained_labels.txt"
        ),
        {},
        "label-order",
    ),
    "inspirehep/magpie 190": (
        ("after loading, labels must be passed in the same order as in training, otherwise accuracy is bad"),
        {},
        "label-order",
    ),
    "deepchem 5017": (
        ("HingeLoss docstring says labels equal 0 or 1, but 1 - labels * output needs -1 and 1"),
        {},
        "target-outside",
    ),
    "Smadx/USTC-ML24 35": (
        ("loss为0，accuracy为1，所有样本的label都是1"),
        {},
        "one-label",
    ),
    "sjchoi86/Tensorflow-101 15": (
        ("with my own dataset and the first step of training I have 100 percent accuracy for test and train data"),
        {},
        "one-label",
    ),
    "davidberenstein1957/classy-classification 28": (
        "The labels do not match the scores: 'fridge, stove and oven' is furniture with 0.721 and kitchen with 0.279",
        {},
        "label-order",
    ),
    "cugbrs/MLRSNet 4": (
        "I cannot get the published F1 with the pretrained models. The csv files of the categories list their labels "
        "in different order",
        {},
        "label-order",
    ),
    "experiencor/keras-yolo3 289": (
        "evaluate.py sorts the labels alphabetically while the predicted class indices are in the original order: the "
        "APs on COCO are mostly 0",
        {},
        "label-order",
    ),
    "damellis/ESP 253": (
        "The likelihoods of the classes come in the order in which classes were recorded: if class 2 was recorded "
        "before class 1, the first index holds that of class 2",
        {},
        "label-order",
    ),
    "nyu-mll/jiant 1346": (
        "The downloaded CommitmentBank has contradiction where entailment was, entailment where neutral was: metrics "
        "look right and the fine-tuned model predicts nonsense",
        {},
        "label-order",
    ),
    "minzwon/sota-music-tagging-models 15": (
        "ValueError: Only one class present in y_true. ROC AUC score is not defined in that case",
        {},
        "one-label",
    ),
    "TuSimple/mx-maskrcnn 87": (
        "MaskAcc=1.0 and MaskLogLoss=0.0 from the start of training until its end",
        {},
        "one-label",
    ),
    "pytorch/examples 768": (
        "ResNet on ImageNet: after the first batch the loss goes to zero forever and accuracy is 100",
        {},
        "one-label",
    ),
    "RUCKBReasoning/RESDSQL 47": (
        "每次只取前面四个label，全为0，报错 Only one class present in y_true",
        {},
        "one-label",
    ),
    "huggingface/transformers 3711": (
        "TransfoXLLMHeadModel with labels = input_ids: the labels are not shifted inside, the loss is that of the same token",
        {},
        "off-by-one-index",
    ),
    "huggingface/transformers 562": (
        "The preprocessing of RocStories shifts the lm labels by one, and the forward pass shifts them too",
        {},
        "off-by-one-index",
    ),
    "irllabs/ml-lib 4": (
        "It reports 1 for my class 0, 2 for my class 1 and so on. Is there an offset?",
        {},
        "off-by-one-index",
    ),
    "ddavid/fsoco 30": (
        "AMZ labels are 1-indexed, Darknet counts classes from 0: blue cones have index 1 and should have 0",
        {},
        "off-by-one-index",
    ),
    "hx173149/C3D-tensorflow 74": (
        "label should start from zero, input_data.py line 91",
        {},
        "off-by-one-index",
    ),
    "roboflow/rf-detr 262": (
        "I have 2 classes; when label ids start from 1 I get num_classes=3, when they start from 0 it is right",
        {},
        "off-by-one-index",
    ),
    "anibali/margipose 37": (
        "With the loss of your paper (Jensen-Shannon divergence of heatmaps) I get negative values",
        {},
        "target-not-normalised",
    ),
    "keras 9754": (
        "kld loss: with a softmax at the end the loss is around 32, without it the loss is negative. The labels are an "
        "image of values from 0 to 1",
        {},
        "target-not-normalised",
    ),
    "tensorflow 2327": (
        "softmax_cross_entropy_with_logits goes wrong for labels of [batch, 2] that are no valid probability "
        "distribution, my own formula works",
        {},
        "target-not-normalised",
    ),
    "rust-ml/linfa 393": (
        "predict_probabilities of linfa-logistic gives the reversed order: the larger class is always pos, and not the "
        "greater label",
        {},
        "label-order",
    ),
    "huggingface/optimum 197": (
        "glue/mnli: roberta-large-mnli has CONTRADICTION 0, ENTAILMENT 2, the dataset the other way round; two labels "
        "are swapped",
        {},
        "label-order",
    ),
    "DFKI-NLP/thermostat 10": (
        "Almost all MNLI and XNLI models have an accuracy of 6 % to 28 %, ELECTRA 88.7 %",
        {},
        "label-order",
    ),
    "openml/automlbenchmark 212": (
        "Helena has classes '0', '1', '10', '11', ..., '2': if the columns of probabilities are in another order than "
        "in the metric, the score is wrong",
        {},
        "label-order",
    ),
    "keras 11427": (
        "model.evaluate() shows a good accuracy, the confusion matrix a bad one; test generator with shuffle=True",
        {},
        "label-order",
    ),
    "tensorflow/docs 2212": (
        "The bars of the audio tutorial have wrong words: x_labels should be in alphabetical order",
        {},
        "label-order",
    ),
    "ultralytics/yolov5 9416": (
        "After the conversion to tflite the labels are messed up",
        {},
        "label-order",
    ),
    "Sense-X/TSD 30": (
        "I map the output index to a name by a list of the challenge's classes, but the ordering is not right",
        {},
        "label-order",
    ),
    "google/emoji-scavenger-hunt 32": (
        "Retrained on two folders, cat and dog: is index 0 cat and 1 dog? Must my class list match the output labels' order?",
        {},
        "label-order",
    ),
    "tensorflow/tpu 507": (
        "MnasNet gives 1000 probabilities, the imagenet module names 1001 classes, the first is background: indices "
        "should be greater by one",
        {},
        "off-by-one-index",
    ),
    "ageron/handson-ml 61": (
        "Inception v3 predicts 1001 classes, the text file has 1000 names: names are off",
        {},
        "off-by-one-index",
    ),
    "tensorflow/models 1247": (
        "3 classes, labels of [3 2 2 1] because 0 is kept for background; one_hot of 3 gives class 3 no 1 and it is "
        "always wrong",
        {},
        "off-by-one-index",
    ),
    "mlcommons/inference 550": (
        "Why is there an offset of -1 in the post processing for imagenet?",
        {},
        "off-by-one-index",
    ),
    "tensorflow/tpu 594": (
        "EfficientNet-edgeTPU on ImageNet with include_background_label=False: the predicted class is offset by one",
        {},
        "off-by-one-index",
    ),
    "uni-medical/SAM-Med3D 75": (
        "Training on my own data: All values found in the mask 'label' are zero",
        {},
        "one-label",
    ),
    "keras 13747": (
        "losses.kullback_leibler_divergence gives negative values; test_data[0] is a spectrum of zeros and 0.01 to "
        "0.24, prediction[0] is 0.99999 everywhere",
        {},
        "target-not-normalised",
    ),
    "torchgeo/torchgeo 791": (
        "MultiLabelClassificationTask takes torch.softmax of its outputs, where several labels hold at once",
        {},
        "target-not-normalised",
    ),
    "open-mmlab/mmpretrain 783": (
        "An image may belong to several of soldier, weapon, explosion. With softmax cross entropy the false positives "
        "are many; is BCE better?",
        {},
        "target-not-normalised",
    ),
    "GoogleCloudPlatform/community 1632": (
        "My AutoML model seemed bad until I took the classes in the order of the confusion matrix, which is "
        "alphabetical, and not in that of the picture",
        {},
        "label-order",
    ),
    "keras 4225": (
        "flow_from_directory with shuffle=True: generator.classes is 0, 0, ..., 1, 1, ... and does not follow the "
        "shuffled images",
        {},
        "label-order",
    ),
    "keras 6234": (
        "With shuffle=True the predictions cannot be matched with test_generator.classes and filenames, which are "
        "those before shuffling",
        {},
        "label-order",
    ),
    "tensorflow 50124": (
        "image_dataset_from_directory with about 6500 folders: labels seem shuffled, they do not belong to the images",
        {},
        "label-order",
    ),
    "jiant-dev/jiant-dev 127": (
        "The label ids of MNLI in the nlp datasets are not those of our task",
        {},
        "label-order",
    ),
    "yangheng95/PyABSA 160": (
        "预测时label id是固定的，但训练时是动态获取的，可能会不一致",
        {},
        "label-order",
    ),
    "tensorflow/models 8574": (
        "The docs say that label map ids start at 1, somebody noticed they should start at 0",
        {},
        "off-by-one-index",
    ),
    "BVLC/caffe 6318": (
        "Labels that come from Matlab start from 1 and Caffe says nothing",
        {},
        "off-by-one-index",
    ),
    "nmasse/Context-Dependent-Gating 1": (
        "The labels of ImageNet32 go from 1 to 1000 if nothing is done",
        {},
        "off-by-one-index",
    ),
    "microsoft/computervision-recipes 315": (
        "One class is never found by the detector: label 0 is reserved for background, ours start at 0",
        {},
        "off-by-one-index",
    ),
    "weiliu89/caffe 612": (
        "Check failed: background_label_id != label (0 vs. 0) Found background label in the dataset",
        {},
        "off-by-one-index",
    ),
    "drscotthawley/panotti 35": (
        "UndefinedMetricWarning: No positive samples in y_true; Only one class present in y_true",
        {},
        "one-label",
    ),
    "dmlc/dgl 1572": (
        "roc_auc_score raises when the labels are all zero or all one",
        {},
        "one-label",
    ),
    "guojiajeremy/EDC 1": (
        "With my own data set: Only one class present in y_true. ROC AUC score is not defined",
        {},
        "one-label",
    ),
    "tensorpack/tensorpack 1296": (
        "Mask R-CNN: label_loss is nan with my 13 categories, num_classes in the config is still less than 13",
        {},
        "target-outside",
    ),
    "matterport/Mask_RCNN 667": (
        "mrcnn_class_loss: 0.8616\n"
        "mrcnn_class_loss: 0.7972\n"
        "mrcnn_class_loss: nan\n"
        "small dataset with classes 1,2,3,4,6,8; a lr of 0.0001 is no help",
        {},
        "target-outside",
    ),
    "tensorflow/tensorflow 15962": (
        "loss diverged with a NaN, 101 classes, and my labels are 1 to 101",
        {"loss": "nan"},
        "target-outside",
    ),
    "tensorflow/tensorflow 71638 as facts": (
        "",
        {"loss": "-1.7812711e-06", "kind": "binary_crossentropy", "framework": "tf"},
        "target-outside",
    ),
    "keras-team/keras 14046": (
        "",
        {"predictions": [0.4, 0.6], "targets": [-2.0, 2.0], "kind": "binary_crossentropy", "framework": "keras"},
        "target-outside",
    ),
    "scikit-learn/scikit-learn 6703 as facts": (
        "",
        {
            "predictions": [0.0, 0.0, 0.0],
            "targets": [1, 1, 1],
            "loss": "9.99200722163e-16",
            "framework": "sklearn",
            "kind": "log_loss",
        },
        "one-label",
    ),
    "facebookarchive/C3D 75": (
        "",
        {"history": [0.0, 0.0, 0.0, 0.0], "framework": "caffe"},
        "one-label",
    ),
    "Project-MONAI/tutorials 122": (
        "The loss gets lower over the epochs, but the accuracy o"
        "f validation is always zero: images[:10] train "
        "and images[-10:] validate",
        {},
        "one-label",
    ),
    "open-mmlab/mmsegmentation 304": (
        "losses are zero during training",
        {"loss": "0.0000", "classes": 1},
        "one-class",
    ),
    "mp2893/doctorai 10": (
        "The RNN does multi label classification, should a sigmoid not be used instead of a softmax layer at the end?",
        {},
        "target-not-normalised",
    ),
    "intel/ipex-llm 744": (
        "Why is 1.0f added to the label, ByteRecord(img, label + 1.0f)?",
        {},
        "off-by-one-index",
    ),
    "nightrome/cocostuff 7": (
        "All annotations are shifted by 1: person has the value 0 and should be 1, skis 34 and should be 35",
        {},
        "off-by-one-index",
    ),
    "twosixlabs/armory 799": (
        "The Faster-RCNN's classes are indexed starting at 0, those of the APRICOT data set starting at 1",
        {},
        "off-by-one-index",
    ),
    "roboflow/rf-detr 961": (
        "Predicted classes of the fine-tuned model are always th"
        "e real class id - 1, class 10 is predicted as 9; "
        "ids from 1 to 10, num_classes = 10",
        {},
        "off-by-one-index",
    ),
    "tensorflow/models 2007": (
        "Label maps start from id 1, but label_id_offset of the "
        "evaluation is 0: WARNING: classes have no ground "
        "truth examples: 0",
        {},
        "off-by-one-index",
    ),
    "docling-project/docling-ibm-models 87": (
        "Why is +1 applied to label_id in predict()? id2label of the config fits the indices",
        {},
        "off-by-one-index",
    ),
    "Tianxiaomo/pytorch-YOLOv4 113": (
        "does the class id start from 0 or 1?",
        {},
        "off-by-one-index",
    ),
    "davidissamattos/bpcs 6": (
        "get_probabilities switches labels if player1 comes before player0 in the frame",
        {},
        "label-order",
    ),
    "tensorflow/models 4312": (
        "adversarial_text: the loss is negative, -15000 with 3 classes",
        {},
        "target-outside",
    ),
    "huggingface/transformers 47395": (
        "GitForCausalLM shifts labels by hand and passes them to loss_function, which shifts once more",
        {},
        "off-by-one-index",
    ),
    "huggingface/transformers 46898": (
        "Florence2: shift_tokens_right for the decoder, and ForCausalLMLoss shifts again",
        {"kind": "lm"},
        "off-by-one-index",
    ),
    "huggingface/transformers 37830": (
        "JetMoe passes shift_logits to loss_function that shifts too: next next token",
        {},
        "off-by-one-index",
    ),
    "hellochick/ICNet-tensorflow 10": (
        (
            "I evaluate the pretrained segmentation model on cityscapes and the mIOU is extremely low, "
            "0.00x. The index of person is 11 in the predictions, but 24 in the ground truth."
        ),
        {},
        "label-order",
    ),
    "facebookresearch/deit 130": (
        (
            "The training log says 60% accuracy on the test set, but when I compare the predicted category "
            "id with the name of the folder only 27 of 7000 images are right. Folders are named 0, 1, 2 and "
            "so on."
        ),
        {"classes": 235},
        "label-order",
    ),
    "bigmb/Unet-Segmentation-Pytorch-Nest-of-Unets 18": (
        (
            "I train the U-Net and after a few epochs the loss becomes negative. Debugging shows that it is "
            "the BCE with logits that is negative. Masks are augmented together with the images."
        ),
        {},
        "target-outside",
    ),
    "MontaEllis/Pytorch-Medical-Segmentation 8": (
        "Why is the value of BCEWithLogitsLoss negative? The labels are png images.",
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 65": (
        (
            "I train unet on my own data and get a negative loss. Images are normalized to [0, 1] when "
            "loading. How can BCELoss become negative?"
        ),
        {},
        "target-outside",
    ),
    "liuruijin17/LSTR 50": (
        ("With num_classes 1 the target_classes of cross_entropy are all 1, background and lane alike, so loss_ce is always 0"),
        {"loss": 0.0},
        "one-label",
    ),
    "ultralytics/yolov5 8947": (
        ("I train a dataset with 1 class and found that cls_loss equals 0. Are the class parameters not updated?"),
        {},
        "one-class",
    ),
    "WXinlong/SOLO 72": (
        (
            "With a one class dataset loss_cate goes to zero very quickly and inference returns none. When I "
            "add a class it looks normal."
        ),
        {},
        "one-class",
    ),
    "TencentGameMate/gnn_cross_lingual 5": (
        "IndexError: Target 12 is out of bounds. The number of classes is 12.",
        {"classes": 12},
        "target-outside",
    ),
    "649453932/Bert-Chinese-Text-Classification-Pytorch 96": (
        "自己建设数据集，class有13个分类。出现IndexError: Target 13 is out of bounds.",
        {"classes": 13},
        "target-outside",
    ),
    "JindongJiang/RedNet 13": (
        "IndexError: Target -1 is out of bounds. mask = target > 0, then target - 1 is cast to long",
        {},
        "target-outside",
    ),
    "aws/studio-lab-examples 236": (
        ("Weather image classification notebook: criterion(output, target) raises IndexError: Target 4 is out of bounds"),
        {"classes": 4},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 269": (
        "I don't know why my loss is negative, with a very large absolute value",
        {},
        "target-outside",
    ),
    "modestyachts/ImageNetV2 10": (
        (
            "The class_to_idx of ImageFolder is not aligned with the names of the directories: directory "
            "'100' is labelled 2. Accuracy is near zero."
        ),
        {},
        "label-order",
    ),
    "pytorch/pytorch 22566": (
        (
            "With the dataloader the test data has 90% accuracy, but when I iterate over the images myself "
            "only 15%. Folders are 0 to 101; label 2 shows images of folder 10."
        ),
        {"classes": 102},
        "label-order",
    ),
    "pytorch/vision 714": (
        (
            "datasets.ImageFolder with folders named 1 to 100: the labels come as 1, 10, 100, 11, 12, which "
            "is not right for the images"
        ),
        {"classes": 100},
        "label-order",
    ),
    "CSAILVision/places365 22": (
        ("The pretrained model's top-1 accuracy is near zero with my validation loader, as if its outputs were permuted"),
        {"classes": 365},
        "label-order",
    ),
    "ultralytics/ultralytics 13936": (
        ("Classes 0, 90, 180, 270: the test set has no folder 180, so images of 90 are taken to be true 180 when validating"),
        {"classes": 4},
        "label-order",
    ),
    "huggingface/pytorch-image-models 222": (
        ("Five folders a, b, c, d, e: are the columns of the prediction matrix sorted in alphabetical order?"),
        {"classes": 5},
        "label-order",
    ),
    "NVIDIA/DALI 2198": (
        ("How can I ensure that label and class name match the same way in training and in inference, 0 -> cat, 1 -> dog?"),
        {},
        "label-order",
    ),
    "pytorch/vision 1952": (
        (
            "Faster R-CNN with FastRCNNPredictor trains, but returns no prediction in evaluation. My dataset "
            "has a single class and its label is 0."
        ),
        {},
        "off-by-one-index",
    ),
    "jwyang/faster-rcnn.pytorch 115": (
        (
            "RuntimeError: cuda runtime error (59): device-side assert triggered at THCReduceAll.cuh:339 "
            "while training on my own classes"
        ),
        {},
        "target-outside",
    ),
    "rhgao/co-separation 10": (
        (
            "The detector has the background as first class, the loader shifts labels by 1 to [-1, 14], and "
            "the background of the additional image gets number_of_classes - 1 = 14, which is the last "
            "object class too"
        ),
        {},
        "off-by-one-index",
    ),
    "fastai/fastai 2264": (
        ("Images labelled (0, 1) are transformed into (1, 2) when I make an SSD, so cross_entropy of 2 classes fails"),
        {"classes": 2},
        "target-outside",
    ),
    "pytorch 148884": (
        ("CrossEntropyLoss with label_smoothing seems to smooth half as much as I ask: p converges to 0.95 and 0.05"),
        {"loss": "0.1985", "classes": 2, "smoothing": 0.1},
        "smoothing-floor",
    ),
    "TimDettmers/ConvE 55": (
        (
            "e2_multi = ((1.0-args.label_smoothing)*e2_multi) + (1.0/e2_multi.size(1)). Shouldn't it be "
            "args.label_smoothing/e2_multi.size(1)?"
        ),
        {},
        "target-not-normalised",
    ),
    "pierluigiferrari/ssd_keras 3": (
        (
            "Training an SSD on one class, 1000 examples: the loss is 0 from the start and nothing is "
            "learned. In the csv my class has the number 0"
        ),
        {"loss": 0.0},
        "off-by-one-index",
    ),
    "huggingface/setfit 462": (
        "argmax of predict_proba with id2label gives another name than predict; the labels are strings",
        {},
        "label-order",
    ),
    "ultralytics/yolov5 247": (
        (
            "For single class training the classification loss starts at zero and is zero in the whole "
            "training. Labels are right"
        ),
        {"classes": 1},
        "one-class",
    ),
    "open-edge-platform/model_api 636": (
        "Since version 0.4.6 all predicted labels of my segmentation model are wrong, seemingly by one",
        {},
        "off-by-one-index",
    ),
    "HaojiHu/Sets2Sets 3": (
        (
            "Scores of a set are normalised by a softmax, so they sum to 1. In multi-label classification "
            "should we use the sigmoid? Mine drops with the softmax"
        ),
        {},
        "target-not-normalised",
    ),
    "pytorch 44355": (
        (
            "CUDA error: device-side assert triggered after cross entropy: predicted scores are 0.3333 for "
            "each of 3 classes, true classes tensor([5, 5, 0, 10, 0, 0, 10, 5])"
        ),
        {},
        "target-outside",
    ),
    "smartyfh/DST-STAR 7": (
        (
            "device-side assert with CrossEntropyLoss although all targets seem to be less than the class "
            "number, tensor([4,4,4,4,2])"
        ),
        {},
        "target-outside",
    ),
    "datawhalechina/leedl-tutorial 89": (
        "HW3 CNN: RuntimeError: CUDA error: device-side assert triggered，交叉熵的 label 有 -1",
        {},
        "target-outside",
    ),
    "Deci-AI/super-gradients 1307": (
        ("RuntimeError: CUDA error: device-side assert triggered when training YOLO-NAS on a dataset in yolo format"),
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 375": (
        "NLLLoss2d.cu: nll_loss2d_forward_kernel: Assertion `t >= 0 && t < n_classes` failed",
        {},
        "target-outside",
    ),
    "keras 3054": (
        (
            "flow_from_directory: I expect labels in alphabetical order of the folders, but classified "
            "training images come in no such order, consistently, at 85% accuracy"
        ),
        {},
        "label-order",
    ),
    "scikit-learn 4033": (
        (
            "log_loss: ValueError: y_true and y_pred have different number of classes 5, 2, as some batches "
            "do not hold every class"
        ),
        {"framework": "sklearn"},
        "one-label",
    ),
    "scikit-learn 4546": (
        ("y_true = ['class1', 'class1', 'class1'], y_predict = [[0.1], [0.7], [0.5]]: log_loss is that of 1 - y_predict"),
        {"framework": "sklearn"},
        "one-label",
    ),
    "keras 3372": (
        ("Binary accuracy is wrong with the hinge loss: it takes predictions and labels for 0 and 1, mine are -1 and 1"),
        {"kind": "hinge"},
        "target-outside",
    ),
    "deepchem 5018": (
        ("The docstring of HingeLoss says labels should be 0 or 1, torch.clamp(1 - labels * output, min=0) takes -1 and 1"),
        {},
        "target-outside",
    ),
}
