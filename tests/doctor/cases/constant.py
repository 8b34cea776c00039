"""Public cases of predictions that do not depend on the input; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "huggingface/trl 1627": (
        "DPO loss is 0.6931 from the first step on, rewards stay 0.0; beta was 0",
        {},
        "policy-equals-reference",
    ),
    "huggingface/trl 1311": (
        "{'loss': 0.6932, 'learning_rate': 1.37e-05, 'rewards/margins': 0.0, 'epoch': 0.38}\n"
        "{'loss': 0.6932, 'learning_rate': 1.36e-05, 'rewards/margins': 0.0, 'epoch': 0.41}\n"
        "{'loss': 0.6931, 'learning_rate': 1.35e-05, 'rewards/margins': 0.0, 'epoch': 0.44}",
        {},
        "policy-equals-reference",
    ),
    "omoindrot/tensorflow-triplet-loss 6": (
        "triplet loss, margin 0.5, becomes 0.5 after several steps",
        {},
        "embeddings-collapsed",
    ),
    "xiaolonw/caffe-video_triplet 8": ("triplet loss equals the margin all the time", {}, "embeddings-collapsed"),
    "VisualComputingInstitute/triplet-reid 30": (
        "triplet loss with soft margin never gets below 0.693",
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 18": (
        "triplet loss: the value hardly changes, and is about the margin whatever margin I choose\n"
        "Epoch 1/60\n"
        "97/97 [==============================] - 22s - loss: 1.0072 - mAP: 0.16 - val_loss: 0.9624 - val_mAP: 0.2\n"
        "Epoch 2/60\n"
        "97/97 [==============================] - 22s - loss: 1.006 - mAP: 0.19 - val_loss: 0.9647 - val_mAP: 0.2\n"
        "Epoch 3/60\n"
        "97/97 [==============================] - 22s - loss: 1.0051 - mAP: 0.22 - val_loss: 0.9851 - val_mAP: 0.2\n"
        "Epoch 4/60\n"
        "97/97 [==============================] - 22s - loss: 1.0051 - mAP: 0.16 - val_loss: 0.9519 - val_mAP: 0.2\n"
        "Epoch 5/60\n"
        "97/97 [==============================] - 22s - loss: 1.0034 - mAP: 0.24 - val_loss: 0.9696 - val_mAP: 0.2\n"
        "Epoch 6/60\n"
        "97/97 [==============================] - 22s - loss: 1.0025 - mAP: 0.25 - val_loss: 0.9895 - val_mAP: 0.2\n"
        "Epoch 7/60\n"
        "97/97 [==============================] - 22s - loss: 1.0044 - mAP: 0.29 - val_loss: 0.9717 - val_mAP: 0.2\n"
        "Epoch 8/60\n"
        "97/97 [==============================] - 22s - loss: 1.0007 - mAP: 0.27 - val_loss: 0.9902 - val_mAP: 0.2",
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 38": (
        "Triplet training: pairwise_dist drops to 0, the loss is near the margin and cannot go down",
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 15": (
        "ResNet for speaker recognition with triplet loss: the loss is 0.5 and does not decrease",
        {},
        "embeddings-collapsed",
    ),
    "PatrickHua/SimSiam 50": (
        "I pretrain SimSiam on mscoco and the loss collapses to -1 very quickly. What are the possible reasons?",
        {},
        "embeddings-collapsed",
    ),
    "KaiyangZhou/deep-person-reid 240": (
        "The triplet loss is always equal to the margin; resnet50, amsgrad, lr 0.0015, batch_size 128",
        {},
        "embeddings-collapsed",
    ),
    "Cysu/open-reid 24": (
        "Triplet loss on market1501 with adam: I only get 2.6% top1, and in the end the difference of "
        "hard-negative and hard-positive distances goes almost to zero",
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 37": (
        "Triplet loss with batch hard: the loss is about the margin and the pairwise distances are close to "
        "0. Does the output need to be L2-normalised?",
        {},
        "embeddings-collapsed",
    ),
    "wanggrun/triplet 1": (
        "I replaced infoNCE by a triplet loss with the hardest negative, but it simply converges to the margin",
        {},
        "embeddings-collapsed",
    ),
    "CrossmodalGroup/GSMN 10": (
        "The loss does not change until epoch 6, is there a reason? It is a triplet loss with hard "
        "negatives, margin 0.2, batch size 64\n"
        "020-09-15 21:05:17,981 Epoch: [5][1069/2266]	Eit 12400  lr 0.0002  Le 25.600017547607422	Time 0.900 "
        "(0.000)	Data 0.039 (0.000)	\n"
        "2020-09-15 21:06:52,140 Epoch: [5][1169/2266]	Eit 12500  lr 0.0002  Le 25.60001564025879	Time 0.898 "
        "(0.000)	Data 0.038 (0.000)	\n"
        "2020-09-15 21:08:22,427 Epoch: [5][1269/2266]	Eit 12600  lr 0.0002  Le 25.600017547607422	Time "
        "0.895 (0.000)	Data 0.038 (0.000)	\n"
        "2020-09-15 21:09:56,861 Epoch: [5][1369/2266]	Eit 12700  lr 0.0002  Le 25.600017547607422	Time "
        "1.087 (0.000)	Data 0.039 (0.000)",
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 14": (
        "Batch all with 70 million triplets: the loss converges to the margin while distances collapse or explode",
        {},
        "embeddings-collapsed",
    ),
    "mlfoundations/open_clip 17": ("training CLIP, batch size 128, the loss has been at 4.85 for 15 epochs", {}, "no-signal"),
    "SHI-Labs/StyleNAT 11": ("softplus loss of a GAN: the discriminator's loss falls to 1.39 and stays", {}, "no-signal"),
    "openai/CLIP 83": ("contrastive training with a batch size of 20 stays at 2.996", {}, "no-signal"),
    "discuss.pytorch.org 183958": ("BCE loss constant at 0.693 for the first thousands of steps", {}, "no-signal"),
    "jixing0415/caffe-mobilenet-v3 1": (
        "I0515 11:00:31 37636 solver.cpp:239] Iteration 0 (1.05 iter/s, 19.0s/20 iters), loss = 6.91161\n"
        "I0515 solver.cpp:258]     Train net output #0: loss = 6.91161 (* 1 = 6.91161 loss)\n"
        "I0515 sgd_solver.cpp:112] Iteration 0, lr = 0.01\n"
        "I0515 11:01:31 37636 solver.cpp:239] Iteration 20 (1.05 iter/s, 19.0s/20 iters), loss = 6.90501\n"
        "I0515 solver.cpp:258]     Train net output #0: loss = 6.90776 (* 1 = 6.90776 loss)\n"
        "I0515 sgd_solver.cpp:112] Iteration 20, lr = 0.01\n"
        "I0515 11:02:31 37636 solver.cpp:239] Iteration 40 (1.05 iter/s, 19.0s/20 iters), loss = 6.90635\n"
        "I0515 solver.cpp:258]     Train net output #0: loss = 6.90776 (* 1 = 6.90776 loss)\n"
        "I0515 sgd_solver.cpp:112] Iteration 40, lr = 0.01",
        {},
        "no-signal",
    ),
    "1204BUPT/Zhu-Net-image-steganalysis 1": ("why always loss equal 0.6931?", {}, "no-signal"),
    "sentence-transformers 3054": (
        "MultipleNegativesRankingLoss with scale 0, 4 pairs: the loss is 1.3863 whatever the data",
        {},
        "no-signal",
    ),
    "tflearn 253": (
        "3-layer CNN in TFLearn: it gets stuck at a loss of 0.69315 even after 17 iterations, while the same "
        "model in Keras goes down to 0.07. TensorBoard strangely jumps to 100% accuracy at once",
        {},
        "no-signal",
    ),
    "chasingbob/squeezenet-keras 3": (
        "The loss during training is not reducing: it is constant around 0.69 and accuracy around 0.5",
        {},
        "no-signal",
    ),
    "ctargon/AdvGAN-tf 2": (
        "Why do loss_D and loss_G_fake remain unchanged when I run advGAN?\nloss_D: 0.500, loss_G_fake: 0.250",
        {},
        "no-signal",
    ),
    "NVIDIA/caffe 568": (
        "SoftmaxLoss for face recognition with num_output of 800k: the probability of each category becomes "
        "1.0/800k and never changes",
        {},
        "no-signal",
    ),
    "freelw/cpp-transformer 35": (
        "lm loss can not decrease when memory is large\nepoch 0 :  [16/38]loss : 8.43448\nepoch 1 :  [16/38]loss : 8.43417",
        {},
        "no-signal",
    ),
    "hizhangp/triplet 8": (
        "pretrain对530个人进行分类，iteration经过3000多之后loss仍然一直保持在6.25左右徘徊，accuracy不到0.01%。这个趋势正常吗？",
        {},
        "no-signal",
    ),
    "snf/keras-fractalnet 3": (
        "Loss barely decreases\n"
        "Epoch 33/400\n"
        "50000/50000 [==============================] - 455s - loss: 2.3030 - acc: 0.0994 - val_loss: 2.3026 "
        "- val_acc: 0.1000\n"
        "Epoch 34/400\n"
        "50000/50000 [==============================] - 455s - loss: 2.3030 - acc: 0.0971 - val_loss: 2.3026 "
        "- val_acc: 0.1000\n"
        "Epoch 35/400\n"
        "50000/50000 [==============================] - 455s - loss: 2.3030 - acc: 0.0997 - val_loss: 2.3026 "
        "- val_acc: 0.1000\n"
        "Epoch 36/400\n"
        "50000/50000 [==============================] - 453s - loss: 2.3029 - acc: 0.0991 - val_loss: 2.3026 "
        "- val_acc: 0.1000",
        {},
        "no-signal",
    ),
    "soumith/imagenet-multiGPU.torch 70": (
        "First time training on imagenet. Is my model learning or is something wrong with my setup?\n"
        "Epoch: [11][1383/10000] Time 0.675 Err 6.9076 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.015\n"
        "Epoch: [11][1384/10000] Time 0.675 Err 6.9091 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.014\n"
        "Epoch: [11][1385/10000] Time 0.672 Err 6.9048 Top1-%: 1.56 LR 1e-02 DataLoadingTime 0.016\n"
        "Epoch: [11][1386/10000] Time 0.678 Err 6.9069 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.014\n"
        "Epoch: [11][1387/10000] Time 0.674 Err 6.9074 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.016",
        {},
        "no-signal",
    ),
    "BVLC/caffe 59": (
        "The accuracy of evaluation stays at 0.001 when training imagenet\n"
        "I0127 08:53:57 37204 solver.cpp:210] Iteration 78000, lr = 0.01\n"
        "I0127 08:53:57 37204 solver.cpp:68] Iteration 78000, loss = 6.9063\n"
        "I0127 08:53:57 37204 solver.cpp:90] Testing net\n"
        "I0127 08:56:01 37204 solver.cpp:117] Test score # 0: 0.001\n"
        "I0127 08:56:01 37204 solver.cpp:117] Test score # 1: 6.90977\n"
        "I0127 08:56:33 37204 solver.cpp:210] Iteration 78020, lr = 0.01\n"
        "I0127 08:56:33 37204 solver.cpp:68] Iteration 78020, loss = 6.90727\n"
        "I0127 08:57:05 37204 solver.cpp:210] Iteration 78040, lr = 0.01\n"
        "I0127 08:57:05 37204 solver.cpp:68] Iteration 78040, loss = 6.9073",
        {},
        "no-signal",
    ),
    "pjreddie/darknet 1400": (
        "Training the imagenet classifier darknet19: after 60,000 steps the loss stays at around 6.9, at the "
        "beginning it was about 7.1\n"
        "40245, 4.021: 6.907692, 6.910023 avg, 0.081346 rate, 0.385639 seconds, 5151360 images\n"
        "40246, 4.021: 6.911774, 6.910198 avg, 0.081345 rate, 0.384818 seconds, 5151488 images\n"
        "40247, 4.021: 6.910047, 6.910182 avg, 0.081345 rate, 0.383268 seconds, 5151616 images\n"
        "40248, 4.021: 6.907973, 6.909962 avg, 0.081344 rate, 0.391094 seconds, 5151744 images",
        {},
        "no-signal",
    ),
    "BVLC/caffe 401": (
        "Imagenet model: the train loss starts around 7.1, comes close to 6.9 in the first 150 iterations "
        "and then remains there for 40k iterations",
        {},
        "no-signal",
    ),
    "BVLC/caffe 2085": (
        "Is it normal to have a testing accuracy of 0.001 on ImageNet after two days of training? The "
        "objective did not go down much in 110,000 iterations",
        {},
        "no-signal",
    ),
    "johnb30/py_crepe 5": (
        "I executed the code for 10 epochs with the default settings, and the accuracy on the test set is "
        "25%: it predicts completely at random",
        {},
        "no-signal",
    ),
    "christopher5106/last_caffe_with_stn 3": (
        "Cluttered MNIST, the loss cannot decrease\n"
        "I0818 22:31:50.731997  2998 solver.cpp:404]     Test net output #0: accuracy = 0.092\n"
        "I0818 22:31:50.732033  2998 solver.cpp:404]     Test net output #1: loss_cls = 2.30615 (* 1 = "
        "2.30615 loss)\n"
        "I0818 22:31:50.735200  2998 solver.cpp:228] Iteration 0, loss = 2.28729\n"
        "I0818 22:31:50.735222  2998 solver.cpp:244]     Train net output #0: accuracy = 0.1\n"
        "I0818 22:31:50.735234  2998 solver.cpp:244]     Train net output #1: loss_cls = 2.28729 (* 1 = "
        "2.28729 loss)\n"
        "I0818 22:31:50.735247  2998 sgd_solver.cpp:106] Iteration 0, lr = 0.01\n"
        "I0818 22:32:16.274798  2998 solver.cpp:228] Iteration 100, loss = 2.31437\n"
        "I0818 22:32:16.274925  2998 solver.cpp:244]     Train net output #0: accuracy = 0",
        {},
        "no-signal",
    ),
    "keras 4587": (
        "The cifar10_cnn example is said to reach a loss of 0.65 in 25 epochs; with the defaults it does not "
        "go below a validation loss of 2.30 (accuracy 0.1)",
        {},
        "no-signal",
    ),
    "BVLC/caffe 4427": (
        "Training loss does not decrease and the test accuracy is always 0.5; the loss is almost constant around 0.69",
        {},
        "no-signal",
    ),
    "jiecaoyu/pytorch-nin-cifar10 1": (
        "Test accuracy stays the same\n"
        "Train Epoch: 1 [0/50000 (0%)]	Loss: 2.303388	LR: 0.1\n"
        "Train Epoch: 1 [12800/50000 (26%)]	Loss: 2.289754	LR: 0.1\n"
        "Train Epoch: 1 [25600/50000 (51%)]	Loss: 2.233992	LR: 0.1\n"
        "Train Epoch: 1 [38400/50000 (77%)]	Loss: 2.302584	LR: 0.1\n"
        "Test set: Average loss: 2.9473, Accuracy: 1000/10000 (10.00%)\n"
        "Train Epoch: 2 [0/50000 (0%)]	Loss: 2.302585	LR: 0.1\n"
        "Train Epoch: 2 [12800/50000 (26%)]	Loss: 2.302585	LR: 0.1\n"
        "Train Epoch: 2 [25600/50000 (51%)]	Loss: 2.302585	LR: 0.1\n"
        "Train Epoch: 2 [38400/50000 (77%)]	Loss: 2.302585	LR: 0.1\n"
        "Test set: Average loss: 2.9473, Accuracy: 1000/10000 (10.00%)",
        {},
        "no-signal",
    ),
    "purine/purine2 16": (
        "I print loss and accuracy; the loss becomes constant and the net does not converge\n"
        "2.411124 0.132812\n"
        "2.542028 0.132812\n"
        "2.302772 0.125000\n"
        "2.312779 0.109375\n"
        "2.310245 0.117188\n"
        "2.302449 0.101562\n"
        "2.306294 0.085938\n"
        "2.301918 0.148438\n"
        "2.302899 0.031250\n"
        "2.302605 0.132812\n"
        "2.302575 0.132812\n"
        "2.302580 0.109375\n"
        "2.302587 0.093750\n"
        "2.302583 0.117188\n"
        "2.302583 0.054688\n"
        "2.302583 0.093750",
        {},
        "no-signal",
    ),
    "chenyuntc/pytorch-book 23": ("猫狗大战, 损失在0.69左右, 验证集准确率依然是50%, 是不是过拟合?", {}, "no-signal"),
    "longjon/caffe 3": (
        "FCN-Alexnet: the same loss of 3.04452 with different datasets, 12,000 iterations without change. 21 classes",
        {},
        "no-signal",
    ),
    "gaoyixu/CAIL2020-Argument-Mining 2": ("训练过程中loss值并没有下降, 而是在0.6-0.7之间波动", {}, "no-signal"),
    "xgboost 1818": (
        "xgboost with a mape objective of mine: hess = 0*np.ones(len(preds)), predictions stay 0.5",
        {},
        "hessian-zero",
    ),
    "LightGBM 3584": (
        "LGBMRegressor with a mae objective of mine does not learn\n"
        "[10]\ttraining's mae: 22.5328\n"
        "[20]\ttraining's mae: 22.5328\n"
        "[30]\ttraining's mae: 22.5328\n"
        "[40]\ttraining's mae: 22.5328\n"
        "grad = np.sign(preds - y)\n"
        "hess = np.zeros(len(y))",
        {},
        "hessian-zero",
    ),
    "xgboost 2180": (
        "My own objective: the prediction never changes from iteration to iteration, preds is always 0.5\n"
        "grad = (-Y*y**(1-p) + y**(2-p))*w/sumw\n"
        "hess = (-(1-p)*Y*y**(1-p) + (2-p)*y**(2-p))*w/sumw",
        {},
        "hessian-zero",
    ),
    "LightGBM 1991": (
        "myobj with grad = preds - labels, hess = 1 (one number): the model always predicts 0\n"
        "[LightGBM] [Warning] No further splits with positive gain, best gain: -inf",
        {},
        "hessian-zero",
    ),
    "LightGBM 2128": (
        "MAE by a custom objective: grad = np.sign(d), hess = zeros or np.ones(preds.shape); it does not work",
        {},
        "hessian-zero",
    ),
    "ljw-struggle/Bioinfor-DeepATT 1": (
        "Labels are mostly 0. The accuracy stays around 0.98 throughout training, and in the end nearly all "
        "predictions on the test set are 0",
        {},
        "base-rate",
    ),
    "emadeldeen24/AttnSleep 18": (
        "Train Epoch: 65 [0/316 (0%)] Loss: 1.467374\n"
        "Train Epoch: 65 [128/316 (41%)] Loss: 1.446983\n"
        "Train Epoch: 65 [256/316 (81%)] Loss: 1.493753\n"
        "Training Confusion Matrix for Epoch 65:\n"
        " [[    0     0  7917     0     0]\n"
        " [    0     0  2748     0     0]\n"
        " [    0     0 17009     0     0]\n"
        " [    0     0  5407     0     0]\n"
        " [    0     0  7271     0     0]]\n"
        "    epoch          : 65\n"
        "    loss           : 1.481035739937915\n"
        "    accuracy       : 0.4215535996835443\n"
        "    val_loss       : 1.4931234866380692\n"
        "    val_accuracy   : 0.3857421875\n"
        "The model predicts class 2 for all inputs",
        {},
        "base-rate",
    ),
    "jakeret/tf_unet 234": (
        "U-Net on the ultrasound nerve data: whatever I do, the predicted mask is all zeros\n"
        "2018-12-15 23:26:12,042 Iter 3198, Minibatch Loss= 0.4196, Training Accuracy= 0.8665, Minibatch "
        "error= 13.3%\n"
        "2018-12-15 23:26:14,717 Epoch 99, Average loss: 0.5016, learning rate: 0.0010\n"
        "2018-12-15 23:26:14,791 Verification error= 37.4%, loss= 0.7187",
        {},
        "base-rate",
    ),
    "WeidiXie/cell_counting_v2 9": (
        "How to escape an all-zero prediction? With 128x128 inputs the network seems to converge to all zeros",
        {},
        "base-rate",
    ),
    "jocicmarko/ultrasound-nerve-segmentation 75": (
        "I trained the network, but on the test dataset there is no mask, all files are blank",
        {},
        "base-rate",
    ),
    "MIC-DKFZ/nnUNet 1584": (
        "nnU-Net with cross entropy alone: the loss seems to converge quickly, but the Dice score is 0 and "
        "the inference is all zeros",
        {},
        "base-rate",
    ),
    "keras 10292": ("Pima Indians script with my own data: acc: 81.97%, but the predicted result is always 0", {}, "base-rate"),
    "dmlc/gluon-cv 644": (
        "Semantic segmentation, the background is more than 99% of the pixels; after training the output is "
        "all background: pixel accuracy >99% but IoU 0%",
        {},
        "base-rate",
    ),
    "abhuse/polyloss-pytorch 5": (
        "Binary problem with 462 points, class 0: 86.2%, class 1: 13.8%; all validation predictions turn out to be 0",
        {},
        "base-rate",
    ),
    "appvision-ai/fast-bert 52": (
        "670 labels, one or few of them 1 for a text; with BCEWithLogitsLoss the model predicts only zeros",
        {},
        "base-rate",
    ),
    "tangyuhao/GOTURN-Tensorflow 23": (
        "After training on ALOV300 the network outputs almost the same bounding box (the mean value) for whatever input",
        {},
        "base-rate",
    ),
    "snorkel-team/snorkel 870": (
        (
            "binary relation classification by a bi-LSTM: the loss doesn't decrease and remains 0.69\n"
            "batch step: 17 loss: 0.700079\n"
            "batch step: 18 loss: 0.716837\n"
            "batch step: 19 loss: 0.714996\n"
            "batch step: 20 loss: 0.694084\n"
            "batch step: 21 loss: 0.70559\n"
            "batch step: 22 loss: 0.671527\n"
            "batch step: 23 loss: 0.713507\n"
            "batch step: 24 loss: 0.746347\n"
            "batch step: 25 loss: 0.696672\n"
            "batch step: 26 loss: 0.703526"
        ),
        {},
        "no-signal",
    ),
    "BVLC/caffe 826": (
        (
            "Finetuning for binary classification. Around the end of the first epoch the loss jumps from ~.09 to "
            "~.69 and then stays at ~.69, with every learning rate. 20% positive, 80% negative, batch size 256"
        ),
        {},
        "no-signal",
    ),
    "tensorflow 12287": (
        (
            "step: 0 loss: 0.6773 accuracy:0.61\n"
            "step: 1 loss: 2.4587 accuracy:0.66\n"
            "step: 2 loss: 5.3353 accuracy:0.32\n"
            "step: 3 loss: 1.0234 accuracy:0.52\n"
            "step: 4 loss: 10.6901 accuracy:0.67\n"
            "step: 5 loss: 1.9899 accuracy:0.62\n"
            "step: 6 loss: 3.5713 accuracy:0.63\n"
            "step: 7 loss: 0.6869 accuracy:0.64\n"
            "step: 8 loss: 0.6931 accuracy:0.65\n"
            "step: 9 loss: 0.6931 accuracy:0.6\n"
            "step: 10 loss: 0.6931 accuracy:0.7\n"
            "step: 11 loss: 0.6931 accuracy:0.58\n"
            "step: 12 loss: 0.6931 accuracy:0.72\n"
            "step: 13 loss: 0.6931 accuracy:0.81\n"
            "step: 14 loss: 0.6931 accuracy:0.67"
        ),
        {},
        "no-signal",
    ),
    "Yifan-Song793/ETO 14": (
        (
            "DPO loss consistently remains 0.6931\n"
            "{'loss': 0.6931, 'learning_rate': 5e-07, 'rewards/chosen': 0.0, 'rewards/rejected': 0.0, "
            "'rewards/accuracies': 0.0, 'rewards/margins': 0.0, 'logps/rejected': 0.0, 'logps/chosen': 0.0, "
            "'epoch': 0.59}"
        ),
        {},
        "policy-equals-reference",
    ),
    "taylover-pei/SSDG-CVPR2020 35": (
        ("why can the triplet loss not descend below the margin value 0.1"),
        {},
        "embeddings-collapsed",
    ),
    "philipperemy/deep-speaker 9": (
        ("deep speaker: my triplet loss is stuck at the margin"),
        {},
        "embeddings-collapsed",
    ),
    "Ao-Lee/Vgg-Face-Fine-tune 3": (
        (""),
        {"loss": 0.3, "margin": 0.3, "kind": "triplet"},
        "embeddings-collapsed",
    ),
    "xgboost 1428": (
        (
            "huber as customized function in xgb does not converge, max_depth is 0, the tree never splits; hess "
            "is 0.0 beyond 1e-5"
        ),
        {},
        "hessian-zero",
    ),
    "amanshenoy/multilogue-net 8": (
        ("all models seem to predict only one class, the confusion matrix has one column that is not 0"),
        {},
        "base-rate",
    ),
    "xinge008/Cylinder3D 124": (
        (
            "binary classification with BCELoss, the loss gets stuck at 0.688\n"
            "loss tensor(0.6868, device='cuda:0', grad_fn=<BinaryCrossEntropyBackward>)\n"
            "loss tensor(0.6876, device='cuda:0', grad_fn=<BinaryCrossEntropyBackward>)\n"
            "loss tensor(0.6883, device='cuda:0', grad_fn=<BinaryCrossEntropyBackward>)\n"
            "loss tensor(0.6887, device='cuda:0', grad_fn=<BinaryCrossEntropyBackward>)\n"
            "loss tensor(0.6896, device='cuda:0', grad_fn=<BinaryCrossEntropyBackward>)\n"
            "loss tensor(0.6870, device='cuda:0', grad_fn=<BinaryCrossEntropyBackward>)"
        ),
        {},
        "no-signal",
    ),
    "chenxi116/DeepLabv3.pytorch 19": (
        ("two classes, sigmoid and BCELoss: huge error, and I am getting all the outputs as 0s"),
        {},
        "base-rate",
    ),
    "geeksmental.com siamese network": (
        (
            "siamese network for face comparison won't learn, accuracy stuck on 0.5 and the loss stuck too, "
            "batches have half same and half different pairs"
        ),
        {},
        "no-signal",
    ),
    "datascience.stackexchange 45629": (
        ("contrastive loss of a siamese BLSTM, margin 1: the model always predicts all zeros"),
        {},
        "embeddings-collapsed",
    ),
    "errorhandle.ai 0.693": (
        ("Binarycrossentropy: the loss function does not converge, but rather stagnates at 0.693"),
        {},
        "no-signal",
    ),
    "hitlic/lstm_text_clasification 1": (
        ("用了您的英文数据，loss一直在0.69降不下去"),
        {},
        "no-signal",
    ),
    "keras 1864": (
        (
            "Training loss not going down at all: pairs of question and answer, bidirectional LSTM and softmax "
            "with labels 1 and 0"
        ),
        {},
        "no-signal",
    ),
    "google-research/simclr 141": (
        (
            "my contrastive loss does not decrease and is still around 5, temperature 0.1, batch_size = 128, "
            "learning_rate = 1e-1"
        ),
        {"batch": 128},
        "no-signal",
    ),
    "lightgbm-org/LightGBM 267": (
        (
            "lightgbm with a fair fobj: the training loss and the prediction do not change each iteration; with "
            "init_model it runs well"
        ),
        {},
        "hessian-zero",
    ),
    "stackoverflow 41488279": (
        ("neural network always predicts the same class whatever the input"),
        {},
        "base-rate",
    ),
    "huggingface/trl 702": (
        "I do not know why KL is always 0 during training",
        {},
        "policy-equals-reference",
    ),
    "Khrylx/PyTorch-RL 11": (
        "get_kl computes the KL between action_prob and its own detached copy. Will it not always be zero?",
        {},
        "policy-equals-reference",
    ),
    "ikostrikov/pytorch-trpo 11": (
        "The get_kl function returns 0 always. Is it a bug or intended?",
        {},
        "policy-equals-reference",
    ),
    "rll/rllab 185": (
        "In TRPO the old and the new means and log_stds both come from the current policy; hence the kl_divergence is 0?",
        {},
        "policy-equals-reference",
    ),
    "HarryHsing/EchoInk 4": (
        "GRPO训练过程中，loss=0, grad_norm=0, kl=0，reward是正常的",
        {},
        "policy-equals-reference",
    ),
    "abhisheksuran/Reinforcement_Learning 4": (
        "The PPO ratio of old and new probability is always 1, as they come from the same network",
        {},
        "policy-equals-reference",
    ),
    "sidhantls/ppo_lightning 3": (
        "How is logp different from log_oldp? Their ratio would be 1",
        {},
        "policy-equals-reference",
    ),
    "tensorforce/tensorforce 312": (
        "The probability ratio between old and new policy is always exactly 1",
        {},
        "policy-equals-reference",
    ),
    "tensorforce/tensorforce 105": (
        "KL divergence in PPOModel is always zero",
        {},
        "policy-equals-reference",
    ),
    "modelscope/ms-swift 5571": (
        "'loss': -0.0, 'grad_norm': 0.0, 'reward': 0.34375, 'reward_std': 0.4397946, 'kl': 0.0",
        {},
        "policy-equals-reference",
    ),
    "omoindrot/tensorflow-triplet-loss 50": (
        "Points of two distributions, triplet loss: the embeddings collapse very fast",
        {},
        "embeddings-collapsed",
    ),
    "xgboost 11057": (
        "Custom absolute error with a hessian of zero does not behave like reg:absoluteerror",
        {},
        "hessian-zero",
    ),
    "xgboost 5196": (
        "binary:hinge has a second derivative of 0, why does the code give w(i)? ",
        {},
        "hessian-zero",
    ),
    "higgsfield-ai/higgsfield 20": (
        "ratio = (new_log_probs - old_log_probs).exp(), but old_log_probs come from the very same policy",
        {},
        "policy-equals-reference",
    ),
    "tristandeleu/pytorch-maml-rl 20": (
        "hessian_vector_product calls kl_divergence without old_pis, so it is between the new policy and itself: constantly 0?",
        {},
        "policy-equals-reference",
    ),
    "ikostrikov/pytorch-trpo 16": (
        "That KL is always a zero tensor. Is it my torch version?",
        {},
        "policy-equals-reference",
    ),
    "modelscope/ms-swift 5890": (
        "GRPO训练中grad norm一直为0，kl也是0，但是reward_std和reward都正常",
        {},
        "policy-equals-reference",
    ),
    "emadeldeen24/AttnSleep 18 as facts": (
        "",
        {"loss": 1.481, "accuracy": 0.4216, "classes": 5, "kind": "CrossEntropyLoss", "batch": 128},
        "base-rate",
    ),
    "luhaofang/tripletloss 46": (
        "训练到后面所有loss都变为0.1，an=0，ap=0，所有图片的特征向量都一样",
        {},
        "embeddings-collapsed",
    ),
    "VisualComputingInstitute/triplet-reid 54": (
        "",
        {"loss": 0.693, "kind": "triplet"},
        "embeddings-collapsed",
    ),
    "soumith/imagenet-multiGPU.torch 70 as facts": (
        "",
        {"history": [6.9076, 6.9091, 6.9048, 6.9069, 6.9074, 6.908, 6.9067, 6.9071, 6.9045], "framework": "torch7"},
        "no-signal",
    ),
    "BVLC/caffe 3243": (
        "",
        {"loss": 6.9, "accuracy": 0.0, "framework": "caffe", "classes": 1000},
        "no-signal",
    ),
    "jiweibo/ImageNet 5": (
        "batchsize 200，4个epoch之后验证集TOP5准确率只有0.005，是数据集没弄好吗",
        {"classes": 1000},
        "no-signal",
    ),
    "rasbt/deeplearning-models 76": (
        "cnn-vgg16.ipynb has abnormal results",
        {"loss": "2.303", "accuracy": "10%", "classes": 10},
        "no-signal",
    ),
    "omoindrot/tensorflow-triplet-loss 18 as facts": (
        "",
        {"kind": "triplet_loss", "margin": 1.0, "history": [1.0072, 1.006, 1.0051, 1.0051, 1.0034, 1.0025, 1.0044, 1.0007]},
        "embeddings-collapsed",
    ),
    "tensorflow/similarity 233": (
        "",
        {"kind": "simclr", "loss": 6.9287, "batch": 512},
        "no-signal",
    ),
    "BVLC/caffe 1255": (
        "Iteration 0, loss = 87.3366\n"
        "Iteration 1000, loss = 8.26466\n"
        "Iteration 2000, loss = 8.25553\n"
        "Iteration 3000, loss = 8.24047\n"
        "Iteration 4000, loss = 8.28462",
        {"accuracy": 0.00028},
        "no-signal",
    ),
    "tensorflow/tensorflow 32899": (
        ("A sequential Keras model for MNIST remains at 11% accuracy. It only trains once the inputs are scaled by 255."),
        {"classes": 10, "accuracy": 0.11},
        "no-signal",
    ),
    "dmlc/xgboost 7674": (
        (
            "reg:pseudohubererror gives an MAE of over 33 with min_child_weight = 1 but 0.9 with "
            "min_child_weight = 0; squared error is fine."
        ),
        {"framework": "xgboost"},
        "hessian-zero",
    ),
    "positional_cl 5": (
        "My contrastive loss is stuck at 5.5597 from epoch 0 to epoch 30.",
        {"batch": 25, "kind": "contrastive"},
        "no-signal",
    ),
    "HobbitLong/SupContrast 42": (
        "Supervised contrastive loss is stuck at 6.920 from the beginning, after 30 epochs.",
        {"batch": 64},
        "no-signal",
    ),
    "MediaBrain-SJTU/RegAD 26": (
        (
            "Siamese training: when I change the optimizer to adam the loss goes to -1 after one or two "
            "epochs. Is that a trivial solution?"
        ),
        {},
        "embeddings-collapsed",
    ),
    "PatrickHua/SimSiam 56": (
        "我用simsiam, Resnet18, cifar10, batchsize 128, 在30个epoch loss降为-1, 准确率只有10%, 而前五个epoch准确率在30左右",
        {},
        "embeddings-collapsed",
    ),
    "hellochick/ICNet-tensorflow 65": (
        (
            "3 classes: none, road and cars, most pixels are road and background. Loss decreased to 0.6 and "
            "stopped improving, and the model predicts everything as 0."
        ),
        {"classes": 3},
        "base-rate",
    ),
    "huggingface/transformers 566": (
        (
            "I have low and decreasing accuracy when I use fp16\n"
            "Epoch 1 - Batch 1600/287417 - Training Acc. 0.106250 - Training Loss 2.295977\n"
            "Epoch 1 - Batch 3200/287417 - Training Acc. 0.098125 - Training Loss 2.299707\n"
            "Epoch 1 - Batch 4800/287417 - Training Acc. 0.094792 - Training Loss 2.304948\n"
            "Epoch 1 - Batch 6400/287417 - Training Acc. 0.093125 - Training Loss 2.307725\n"
            "Epoch 1 - Batch 8000/287417 - Training Acc. 0.092625 - Training Loss 2.305703\n"
            "Epoch 1 - Batch 9600/287417 - Training Acc. 0.091667 - Training Loss 2.306758"
        ),
        {},
        "no-signal",
    ),
    "AdeDZY/K-NRM 10": (
        ("K-NRM with a pairwise hinge loss of margin 1: the loss is 1.0 all the time and the model does not train"),
        {"loss": "1.0", "kind": "hinge"},
        "no-signal",
    ),
    "Atomu2014/product-nets 1": (
        (
            "PNN2 stops: [0] loss:0.693614 train-auc: 0.500000 eval-auc: 0.500000\n"
            "[1] loss:0.693525 train-auc: 0.500000 eval-auc: 0.500000\n"
            "[2] loss:0.693453 train-auc: 0.500000 eval-auc: 0.500000\n"
            "[12] loss:0.693185 train-auc: 0.500000 eval-auc: 0.500000\n"
            "[18] loss:0.693158 train-auc: 0.500000 eval-auc: 0.500000"
        ),
        {},
        "no-signal",
    ),
    "olgaliak/active-learning-detect 22": (
        (
            "Boxes are right and nearly all are called petrel: 3047 of petrel, 3 of others. Training has "
            "petrel 781, rat 208, cat 121, human 104, kitten 2"
        ),
        {},
        "base-rate",
    ),
    "rinongal/textual_inversion 98": (
        (
            "Textual inversion on the CPU: the loss stays between 0.98 and 1.01, "
            "train/loss_simple_step=1.010. The learning rate shown is 0"
        ),
        {},
        "no-signal",
    ),
    "mxnet 850": (
        "AlexNet on ImageNet, shuffled: train and val accuracy stay at 0.001",
        {"accuracy": 0.001, "classes": 1000},
        "no-signal",
    ),
    "kuangliu/pytorch-cifar 28": (
        ("If I take batch normalisation out of VGG16 the accuracy on CIFAR-10 stays at 10%, it cannot converge"),
        {},
        "no-signal",
    ),
    "stats.stackexchange 564572": ("", {"loss": "0.6881", "share": 0.45, "accuracy": 0.55}, "base-rate"),
    "sentence-transformers 3469": (
        (
            "Fine-tuned MiniLM with cosine similarity loss on 30M pairs. Two random sentences have a "
            "similarity of 0.996, whatever the text"
        ),
        {},
        "embeddings-collapsed",
    ),
    "matteo-dunnhofer/imagenet 10": (
        (
            "After 3 epochs on imagenet the loss did not change at all, it is around 8.1. The rate was "
            "divided by 10 at every step"
        ),
        {},
        "no-signal",
    ),
    "zhechen/PLARD 6": ("loss并不下降，从1左右迅速下降到0.5之后（不到一个epoch），就不再下降，测试结果很差", {}, "no-signal"),
}
