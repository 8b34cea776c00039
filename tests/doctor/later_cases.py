"""Public cases that were collected later: thread -> what was told, facts, and its cause. See cases."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "vrenkens/nabu 20": (
        (
            "TIMIT listen-attend-spell, latest code: the loss is too large, with the old code it was not\n"
            "WORKER 0: step 0/520 loss: 235.286392, learning rate: 0.001000."
        ),
        {},
        "sum-not-mean",
    ),
    "shaoniangu/FashionAI_Keypoint_Detection_Using_CPM 2": (
        (
            "I use a learning rate of 0.4 and the log is\n"
            "Step: 682/800000 ----- Cur_lr: 0.4000000 ----- Time: 0.82 sec.\n"
            "S1 loss:     nan | S2 loss:     nan | S3 loss:     nan | S4 loss:     nan | S5 loss:     nan | S6 "
            "loss:   25.47 | Total loss: na\n"
            "Total loss : nan.\n"
            "I also tried 0.01 and 0.004, it fails too"
        ),
        {},
        "diverging",
    ),
    "wkentaro/pytorch-fcn 17": (
        ("Training FCN with lr=1e-4 as in the paper gives a NaN loss; with the learning rate of the original script it is ok"),
        {},
        "diverging",
    ),
    "keras 10998": (
        (
            "For the same dataset the training loss is higher than the validation loss: I gave the training set "
            "as validation set\n"
            "model.compile(loss='mae', optimizer='sgd')\n"
            "Train on 1 samples, validate on 1 samples\n"
            "Epoch 1/3\n"
            " - 14s - loss: 0.3944 - val_loss: 0.3891\n"
            "Epoch 2/3\n"
            " - 0s - loss: 0.3891 - val_loss: 0.3839\n"
            "Epoch 3/3\n"
            " - 0s - loss: 0.3839 - val_loss: 0.3786"
        ),
        {},
        "train-above-validation",
    ),
    "mkocabas/focal-loss-keras 18": (
        ("The focal loss is huge, why? For example loss: 38107.2309"),
        {},
        "sum-not-mean",
    ),
    "dk-liang/FIDTM 39": (
        (
            "Crowd counting on JHU from scratch with a plain MSE: the loss started at about 10,000 and drops "
            "slowly, should it not lie between 0 and 1?"
        ),
        {},
        "sum-not-mean",
    ),
    "amdegroot/ssd.pytorch 218": (
        (
            "The multibox loss has no softmax before the cross entropy. I added a softmax and trained again: it "
            "converges more slowly and looks worse than without"
        ),
        {},
        "softmax-twice",
    ),
    "hwalsuklee/tensorflow-mnist-VAE 4": (
        ("MNIST VAE: sometimes I get a NaN loss, for example 100 in one epoch and NaN in the next"),
        {},
        "probability-exactly-one",
    ),
    "fastai 1551": (
        ("Tabular learning in fp16: train_loss and valid_loss are nan, without to_fp16() all is fine"),
        {},
        "precision",
    ),
    "iperov/DeepFaceLab 217": (
        ("With use_fp16 switched on, the losses become nan after some iterations"),
        {},
        "precision",
    ),
    "sentence-transformers 3179": (
        (
            "MultipleNegativesRankingLoss with cosine similarity and scale 20: even with perfect similarities "
            "the loss cannot reach 0?"
        ),
        {},
        "nothing-wrong",
    ),
    "ageron/handson-ml 194": (
        (
            "Chapter 11: the validation loss is very high\n"
            "0 Batch accuracy: 0.9 Validation accuracy: 0.9208 Validation loss 58497.7\n"
            "5 Batch accuracy: 0.94 Validation accuracy: 0.956 Validation loss 61143.7\n"
            "10 Batch accuracy: 1.0 Validation accuracy: 0.9666 Validation loss 60269.5"
        ),
        {},
        "overconfident",
    ),
    "qubvel/segmentation_models 95": (
        (
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
            "val_loss: -94.5141 - val_iou_score: 3.3411"
        ),
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models.pytorch 234": (
        ("U-Net with ResNet152 and one class, binary masks: dice_loss - -10.63, iou_score - -1.209"),
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models.pytorch 17": (
        (
            "Binary segmentation, I get an IoU higher than 1, which is impossible\n"
            " 40/40 [00:06<00:00,  7.23it/s, bce_dice_loss - -3.208e+03, iou - 1.163, f-score - 0.9803]"
        ),
        {},
        "target-outside",
    ),
    "keras 6476": (
        (
            "Autoencoder plus GAN on MNIST, scaled by X_train = (X_train - 127.5)/127.5; loss = "
            "['binary_crossentropy', 'mean_squared_error']. How can binary crossentropy + mean squared error be "
            "less than 0?"
        ),
        {},
        "target-outside",
    ),
    "keras 2841": (
        (
            "Convolutional autoencoder for CIFAR10: negative values of the loss, hard to converge, accuracy only "
            "0.003\n"
            "Train on 100 samples, validate on 20 samples\n"
            "Epoch 1/2\n"
            "100/100 - 0s - loss: -10.1022 - acc: 0.0515 - val_loss: -49.2346 - val_acc: 0.0464"
        ),
        {},
        "target-outside",
    ),
    "yajiemiao/pdnn 49": (
        (
            "Stacked denoising autoencoder, reconstruction cost by layer\n"
            "Pre-training layer 0, epoch 0, cost 405.1\n"
            "Pre-training layer 0, epoch 1, cost 374.3\n"
            "Pre-training layer 1, epoch 0, cost -108174.0\n"
            "Pre-training layer 1, epoch 1, cost -334065.2\n"
            "Pre-training layer 1, epoch 2, cost -561826.7"
        ),
        {},
        "target-outside",
    ),
    "Lasagne/Recipes 54": (
        (
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
            "  validation loss:		-3822347.805930"
        ),
        {},
        "target-outside",
    ),
    "huggingface/open-r1 239": (
        ("Why does the loss start at 0 when I train with GRPO, and then possibly increase?"),
        {},
        "nothing-wrong",
    ),
    "lsdefine/simple_GRPO 30": (
        ("为什么损失一会正一会负，优化目标是使损失接近0吗"),
        {},
        "nothing-wrong",
    ),
    "huggingface/trl 3452": (
        ("GRPO: the log shows reward=0 and 'loss': 0.0 at every step, the gradient norm is not zero"),
        {},
        "nothing-wrong",
    ),
    "jakeret/tf_unet 234": (
        (
            "U-Net on the ultrasound nerve data: whatever I do, the predicted mask is all zeros\n"
            "2018-12-15 23:26:12,042 Iter 3198, Minibatch Loss= 0.4196, Training Accuracy= 0.8665, Minibatch "
            "error= 13.3%\n"
            "2018-12-15 23:26:14,717 Epoch 99, Average loss: 0.5016, learning rate: 0.0010\n"
            "2018-12-15 23:26:14,791 Verification error= 37.4%, loss= 0.7187"
        ),
        {},
        "base-rate",
    ),
    "WeidiXie/cell_counting_v2 9": (
        ("How to escape an all-zero prediction? With 128x128 inputs the network seems to converge to all zeros"),
        {},
        "base-rate",
    ),
    "jocicmarko/ultrasound-nerve-segmentation 75": (
        ("I trained the network, but on the test dataset there is no mask, all files are blank"),
        {},
        "base-rate",
    ),
    "MIC-DKFZ/nnUNet 1584": (
        (
            "nnU-Net with cross entropy alone: the loss seems to converge quickly, but the Dice score is 0 and "
            "the inference is all zeros"
        ),
        {},
        "base-rate",
    ),
    "pytorch 54843": (
        (
            "F.cross_entropy for 2 classes and F.binary_cross_entropy_with_logits both give 0.5698 without "
            "weights. With weight=[1, 3] the cross entropy gives 0.5471, the binary one with the same weights "
            "0.9118"
        ),
        {},
        "weighted-mean",
    ),
    "mozilla/DeepSpeech 3620": (
        (
            "The model trains and converges properly. When I pause and resume later from the checkpoint, the "
            "loss spikes from its previous value and then decreases from that higher point"
        ),
        {},
        "restart-spikes",
    ),
    "NVIDIA/apex 480": (
        ("A loss spike after the checkpoint reload, with amp O2 and AdamW"),
        {},
        "restart-spikes",
    ),
    "huggingface/accelerate 1479": (
        (
            "Saving and then reloading a model, an optimizer and a data loader prepared with accelerate causes "
            "weird loss spikes; mixed_precision: bf16"
        ),
        {},
        "restart-spikes",
    ),
    "keras 11786": (
        (
            "I have 7 categories and 7 units in the last Dense layer with softmax; with "
            "sparse_categorical_crossentropy and Adam(lr=0.001) the loss becomes nan"
        ),
        {},
        "off-by-one-index",
    ),
    "crazydemo/facial-attribute-classification-with-graph 1": (
        (
            "The facial attributes are labelled -1 and 1 and go into sparse_softmax_cross_entropy_with_logits: "
            "NaN everywhere on the GPU"
        ),
        {},
        "target-outside",
    ),
    "jakeret/tf_unet 201": (
        (
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
            "error= 0.0%"
        ),
        {},
        "one-label",
    ),
    "milesial/Pytorch-UNet 320": (
        ("My dataset has only one class. If I set the number of classes to 1, the loss is always zero and nothing changes"),
        {},
        "one-class",
    ),
    "lilianweng/unified-gan-tensorflow 3": (
        ("With the loss of WGAN I get a negative value, how did you avoid this?"),
        {},
        "nothing-wrong",
    ),
    "DegardinBruno/Kinetic-GAN 1": (
        (
            "Kinetic-GAN on NTU with the default configuration, batch_size = 128: is it reasonable to get "
            "negative losses in training?"
        ),
        {},
        "nothing-wrong",
    ),
    "kongyanye/cwgan-gp 9": (
        (
            "为什么loss值会变为越来越小的负值？这是正常的吗\n"
            "10182 [D loss: -7891.137695] [G loss: -3960.750488]\n"
            "10183 [D loss: -7876.647461] [G loss: -3944.175293]\n"
            "10184 [D loss: -7862.666992] [G loss: -3981.623291]\n"
            "10185 [D loss: -7930.389160] [G loss: -3960.127441]\n"
            "10186 [D loss: -7879.441406] [G loss: -3976.489258]"
        ),
        {},
        "nothing-wrong",
    ),
    "igul222/improved_wgan_training 17": (
        (
            "wgan-gp on my own problem: sometimes the losses are unbalanced, the loss of the discriminator is "
            "high and that of the generator is around 0. Is the generator too good?"
        ),
        {},
        "nothing-wrong",
    ),
    "Zardinality/WGAN-tensorflow 6": (
        (
            "In the WGAN paper the output of the discriminator (d_loss) estimates the EM distance, so should it "
            "not be positive? My d_loss curve converges, but it is negative"
        ),
        {},
        "nothing-wrong",
    ),
    "ronghuaiyang/arcface-pytorch 38": (
        (
            "I use the arcface loss for normal classification, 92 classes: the loss declines, but the accuracy "
            "is always nearly 0. The logits are all nearly -1"
        ),
        {},
        "margin-softmax",
    ),
    "yinguobing/arcface 2": (
        ("arcface：请问下第一个epoch loss一直在30左右，正常吗？loss收敛很慢"),
        {},
        "margin-softmax",
    ),
    "sunwuzhou03/reinforcement-learning-lab 1": (
        (
            "SAC: UserWarning: Using a target size (torch.Size([64, 4])) that is different to the input size "
            "(torch.Size([64, 1])). This will likely lead to incorrect results\n"
            "F.mse_loss(self.critic_1(states, actions), td_target.detach())"
        ),
        {},
        "broadcast",
    ),
    "Photon-AI-Research/NeuralSolvers 20": (
        (
            "Physics-informed network, initial condition: loss.py:446: UserWarning: Using a target size "
            "(torch.Size([batch_size])) that is different to the input size (torch.Size([batch_size, 1])). "
            "return F.mse_loss(input, target, reduction=self.reduction)"
        ),
        {},
        "broadcast",
    ),
    "omoindrot/tensorflow-triplet-loss 37": (
        (
            "Triplet loss with batch hard: the loss is about the margin and the pairwise distances are close to "
            "0. Does the output need to be L2-normalised?"
        ),
        {},
        "embeddings-collapsed",
    ),
    "wanggrun/triplet 1": (
        ("I replaced infoNCE by a triplet loss with the hardest negative, but it simply converges to the margin"),
        {},
        "embeddings-collapsed",
    ),
    "hiyouga/LlamaFactory 3353": (
        ("LoRA SFT of Baichuan2-13B: with -bf16 the loss is 0 and grad_norm is nan; with -fp16 the training succeeds"),
        {},
        "precision",
    ),
    "hiyouga/LlamaFactory 4901": (
        ("Qwen2 使用bf16微调，loss训练一会后变成nan"),
        {},
        "precision",
    ),
    "pytorch 12703": (
        (
            "In the second NLLLoss example of the documentation the convolution goes straight into the loss; the "
            "loss is sometimes negative"
        ),
        {},
        "log-missing",
    ),
    "yanx27/Pointnet_Pointnet2_pytorch 30": (
        ("PointNetLoss uses nll_loss, but labels_pred has no log_softmax: the label loss is negative"),
        {},
        "log-missing",
    ),
    "christopher5106/last_caffe_with_stn 3": (
        (
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
            "I0818 22:32:16.274925  2998 solver.cpp:244]     Train net output #0: accuracy = 0"
        ),
        {},
        "no-signal",
    ),
    "keras 4587": (
        (
            "The cifar10_cnn example is said to reach a loss of 0.65 in 25 epochs; with the defaults it does not "
            "go below a validation loss of 2.30 (accuracy 0.1)"
        ),
        {},
        "no-signal",
    ),
    "BVLC/caffe 4427": (
        ("Training loss does not decrease and the test accuracy is always 0.5; the loss is almost constant around 0.69"),
        {},
        "no-signal",
    ),
    "jiecaoyu/pytorch-nin-cifar10 1": (
        (
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
            "Test set: Average loss: 2.9473, Accuracy: 1000/10000 (10.00%)"
        ),
        {},
        "no-signal",
    ),
    "purine/purine2 16": (
        (
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
            "2.302583 0.093750"
        ),
        {},
        "no-signal",
    ),
    "bayesiains/nflows 76": (
        (
            "We train a flow of MaskedAffineAutoregressiveTransform with a StandardNormal base and get negative "
            "loss values; otherwise the graph looks like a normal one"
        ),
        {},
        "nothing-wrong",
    ),
    "baegwangbin/surface_normal_uncertainty 7": (
        ("With the loss 'UG_NLL_ours' for surface normals the training loss decreases and even becomes negative. Is it okay?"),
        {},
        "nothing-wrong",
    ),
    "google-deepmind/distrax 202": (
        (
            "MNIST with flow.py, did I miss something?\n"
            "STEP: 0; validation loss: -5.781349182128906\n"
            "STEP: 100; validation loss: -2047.4188232421875\n"
            "STEP: 200; validation loss: -2628.3603515625\n"
            "STEP: 300; validation loss: -2912.349609375\n"
            "STEP: 400; validation loss: -3038.216552734375\n"
            "STEP: 500; validation loss: -3087.5771484375"
        ),
        {},
        "nothing-wrong",
    ),
    "cpmpercussion/keras-mdn-layer 26": (
        (
            "Training the MDN with get_mixture_loss_func(OUTPUT_DIMS, N_MIXES) the loss becomes negative after "
            "some time. Is it a bug? Is it still converging?"
        ),
        {},
        "nothing-wrong",
    ),
    "datascience.stackexchange 15962": (
        (
            "With a learning rate of .001 minimising increased the loss exponentially: in one epoch from "
            "thousands to a trillion, then infinity and nan. With .0001 everything worked"
        ),
        {},
        "diverging",
    ),
    "community.deeplearning.ai 324182": (
        (
            "y = 2x - 1 with 7 points: in 6 or 7 of 10 runs the loss does not change and sticks at a value, "
            "whatever the number of layers and the learning rate\n"
            "dense_1 = Dense(4, activation='relu')(input_1)\n"
            "dense_2 = Dense(2, activation='relu')(dense_1)\n"
            "dense_3 = Dense(1, activation='relu')(dense_2)\n"
            "model_2.compile(loss = keras.losses.MeanSquaredError(), optimizer = keras.optimizers.Adam(0.001))"
        ),
        {},
        "dead-units",
    ),
    "jiawei-ren/BalancedMSE 19": (
        ("Is the BMC loss OK when the batch size is 1? The loss falls to a constant 0"),
        {},
        "one-class",
    ),
    "qubvel/segmentation_models 71": (
        (
            "The IoU is negative or above 1, the loss is negative too. Images and masks come from "
            "ImageDataGenerator(brightness_range=[0.5, 2], rotation_range=180)"
        ),
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models.pytorch 415": (
        (
            "The CamVid example with DiceLoss: the dice loss is negative, the IoU score is in the 100s, the "
            "Fscore is more than 1 too"
        ),
        {},
        "target-outside",
    ),
    "pytorch 8860": (
        (
            "NaN loss with half precision. I tried Adam with an epsilon of 1e-4 and 1e-3, but after a few "
            "iterations my loss is still NaN. 5 convolutions, 2 dense layers and a softmax"
        ),
        {},
        "precision",
    ),
    "soumith/cudnn.torch 377": (
        (
            "In half precision (fp16) the loss is NaN right from the beginning; in fp32 all is fine. "
            "SpatialCrossEntropyCriterion"
        ),
        {},
        "precision",
    ),
    "afiaka87/glide-finetune 5": (
        ("Half precision: after the first iteration I get nan values; gradients and inputs are normal"),
        {},
        "precision",
    ),
    "HIPS/autograd 586": (
        ("The gradient of np.linalg.norm(x) ** 2 becomes nan for x = 0"),
        {},
        "nan-in-gradient",
    ),
    "pytorch 2721": (
        ("backward() of x.norm() where x is all zeros sets the gradient to nan on the CPU and raises an error on the GPU"),
        {},
        "nan-in-gradient",
    ),
    "tensorflow 12071": (
        ("tf.norm(X, ord='euclidean', axis=1): the gradient is NaN at [0, 0] and inf for small values like 1e-19"),
        {},
        "nan-in-gradient",
    ),
    "google/flax 1671": (
        ("WeightNorm returns nan gradients when a row of weights has zero norm"),
        {},
        "nan-in-gradient",
    ),
    "NVIDIA-Merlin/models 1175": (
        ("The output of BinaryOutput has a sigmoid and its default loss is BCEWithLogitsLoss"),
        {},
        "sigmoid-twice",
    ),
    "cvg/glue-factory 89": (
        (
            "self.token = nn.Sequential(nn.Linear(dim, 1), nn.Sigmoid())\n"
            "self.loss_fn = nn.BCEWithLogitsLoss(reduction='none')\n"
            "Is this a bug?"
        ),
        {},
        "sigmoid-twice",
    ),
    "itakurah/focal-loss-pytorch 5": (
        ("The focal loss takes torch.sigmoid of the inputs and gives them to F.binary_cross_entropy_with_logits"),
        {},
        "sigmoid-twice",
    ),
    "keras 126": (
        (
            "Toy binary classification: loss and validation loss do not improve, predict_proba gives all ones\n"
            "model.add(Dense(64, 1, init='uniform', activation='softmax'))\n"
            "model.compile(loss='mean_squared_error', optimizer=sgd)"
        ),
        {},
        "one-class",
    ),
    "AyanKumarBhunia/Deep-One-Shot-Logo-Retrieval 7": (
        (
            "The paper has a softmax for a mask of one channel and binary cross-entropy. With softmax as the "
            "final layer there are no good results, with a sigmoid the accuracy reaches 98 %"
        ),
        {},
        "one-class",
    ),
    "maciejkula/triplet_recommendations_keras 1": (
        ("The BPR loss 1 - 1 / (1 + exp(-(pos - neg))) gives NaNs after a couple of epochs"),
        {},
        "overflow",
    ),
    "hiyouga/LlamaFactory 1145": (
        ("请问大家如何解决loss震荡的问题？"),
        {},
        "diverging",
    ),
    "yaringal/multi-task-learning-example 6": (
        (
            "After several steps the loss became negative; it is the log_var item that leads to that\n"
            "loss += K.sum(precision * (y_true - y_pred)**2. + log_var[0], -1)"
        ),
        {},
        "nothing-wrong",
    ),
    "speechbrain 1170": (
        (
            "After 3 epochs the training loss is negative (-0.405). Is this normal?\n"
            "epoch: 1, lr: 1.50e-04 - train si-snr: 2.23 - valid si-snr: -3.86e+00\n"
            "epoch: 2, lr: 1.50e-04 - train si-snr: 1.66 - valid si-snr: -3.51e+00\n"
            "epoch: 3, lr: 1.50e-04 - train si-snr: -4.05e-01 - valid si-snr: -5.13e+00\n"
            "epoch: 4, lr: 1.50e-04 - train si-snr: -6.35e-01 - valid si-snr: -5.74e+00"
        ),
        {},
        "nothing-wrong",
    ),
    "kaituoxu/Conv-TasNet 1": (
        ("Your loss function is - SNR, so the loss is negative; that seems not common in deep learning"),
        {},
        "nothing-wrong",
    ),
    "csteinmetz1/auraloss 41": (
        ("SISDRLoss for speech separation: is it normal that the value is always negative? Should it converge to 0?"),
        {},
        "nothing-wrong",
    ),
    "asteroid-team/asteroid 456": (
        (
            "DCCRN with PITLossWrapper(SingleSrcNegSDR('sisdr')): it starts from 10 and I get negative values "
            "around -10, I must have done something wrong\n"
            "Epoch 0:   1%|█         | 309/33600 [06:41<12:00:19,  1.30s/it, loss=-9.94, v_num=2, val_loss=13.50]"
        ),
        {},
        "nothing-wrong",
    ),
    "ermongroup/ddim 33": (
        (
            "I trained DDIM on another dataset. After 1200 epochs the loss still does not go down constantly and "
            "sometimes becomes large. Is it normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "robotgradient/grasp_diffusion 17": (
        ("Grasp diffusion: is it expected that the loss does not go down? It stagnates after the first epoch"),
        {},
        "nothing-wrong",
    ),
    "baofff/U-ViT 13": (
        (
            "U-ViT huge on another dataset from the ImageNet checkpoint: in the first 16K iterations the "
            "training loss fluctuates within [0.15, 0.18] and does not go down, though the generated samples "
            "look like the new domain"
        ),
        {},
        "nothing-wrong",
    ),
    "zoubohao/DenoisingDiffusionProbabilityModel-ddpm- 48": (
        ("The batch loss of the DDPM oscillates within 0.02~0.07 even after 100 epochs, but the images get better"),
        {},
        "nothing-wrong",
    ),
    "chelsea0x3b/dfdx 748": (
        (
            "Half precision: for the mean of a tensor in the loss the denominator is above 65,000, so it is inf "
            "and the loss is always 0"
        ),
        {},
        "precision",
    ),
    "matanbt/TROPT 8": (
        ("gte-modernbert-base loads in fp16; soft prompt with Adam\nlosses=[0.0089569091796875, nan, nan, nan]"),
        {},
        "precision",
    ),
    "weiliu89/caffe 285": (
        ("SSD: sometimes I get mbox_loss = 0 during training. Is there a problem with that?"),
        {},
        "all-ignored",
    ),
    "sfzhang15/RefineDet 57": (
        (
            "Fine-tuning RefineDet on widerface it sometimes comes out with arm_loss and odm_loss = 0, the whole "
            "loss is not zero\n"
            "    Iteration 1030, loss = 8.67766\n"
            "    I0515 18:38:45.768995 29596 solver.cpp:259]     Train net output #0: arm_loss = 0 (* 1 = 0 "
            "loss)\n"
            "    I0515 18:38:45.769006 29596 solver.cpp:259]     Train net output #1: odm_loss = 0 (* 1 = 0 loss)"
        ),
        {},
        "all-ignored",
    ),
    "zylo117/Yet-Another-EfficientDet-Pytorch 360": (
        (
            "EfficientDet on my own dataset: the regression loss is always 0, the classification loss goes down\n"
            "Step: 499. Epoch: 0/500. Iteration: 500/15703. Cls loss: 0.06598. Reg loss: 0.00000. Total loss: "
            "0.06598\n"
            "Step: 999. Epoch: 0/500. Iteration: 1000/15703. Cls loss: 0.04717. Reg loss: 0.00000. Total loss: "
            "0.04717\n"
            "Step: 1499. Epoch: 0/500. Iteration: 1500/15703. Cls loss: 0.03463. Reg loss: 0.00000. Total loss: "
            "0.03463"
        ),
        {},
        "all-ignored",
    ),
    "pytorch 12299": (
        (
            "y_pred = [[0.2, 0.3, 0.5]] * 3, y_true = [0, 1, 2]: sklearn log_loss gives 1.168852632439994, "
            "nn.CrossEntropyLoss gives 1.1064976453781128"
        ),
        {},
        "probabilities-as-logits",
    ),
    "scikit-learn 18523": (
        ("log_loss raises a ValueError for samples whose labels are all 0 or all 1"),
        {},
        "one-label",
    ),
    "IIC2433/Syllabus 10": (
        (
            "El valor de Logloss debe estar entre 0 y 1? Si redondeo las probabilidades de predict a 0 o 1 el "
            "valor cambia drasticamente"
        ),
        {},
        "clipped",
    ),
    "thtrieu/darkflow 1059": (
        (
            "With a learning rate of 0.1 and 0.3, adam, batch 64, the loss and the average loss get NaN in early "
            "steps. With 0.01 it trains many more steps, but near a loss of 0.10 it changes to NaN again"
        ),
        {},
        "diverging",
    ),
    "facebookresearch/moco 12": (
        ("MoCo v2 on 2 GPUs with the recommended hyperparameters: the loss gets stuck at 6.90. Is this normal?"),
        {},
        "nothing-wrong",
    ),
    "zhangy0822/USER 8": (
        (
            "为什么我把代码运行出来loss都是负数呢，我没做任何更改\n"
            "2024-08-27 16:18:16,449 Epoch: [0][199/1133]    Eit 200  lr 0.0005  Le_moco -0.7086 (-0.6772)  Le "
            "-7.4980 (-7.1140)  Loss -8.2066 (-7.7912)     Time 5.422 (0.000)\n"
            "2024-08-27 16:43:12,104 Epoch: [0][399/1133]    Eit 400  lr 0.0005  Le_moco -0.7247 (-0.6984)  Le "
            "-7.5738 (-7.3367)  Loss -8.2985 (-8.0350)     Time 5.876 (0.000)"
        ),
        {},
        "nothing-wrong",
    ),
    "facebookresearch/simsiam 21": (
        ("SimSiam: I get a negative loss during training, is it normal? Why is there a minus in the loss function?"),
        {},
        "nothing-wrong",
    ),
    "Megum1/DFST 4": (
        (
            "CycleGAN: the D loss stays at about 0.5 with an accuracy of 50 %, the adversarial part of the G "
            "loss is always 0. Is this normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "mingkaid/rl-prompt 34": (
        ("RL for prompts: the loss is around 7000 to 12000 and the curve does not converge"),
        {},
        "nothing-wrong",
    ),
    "mlberkeley/scae-pytorch 4": (
        ("The loss goes to NaN after several epochs: the EXP gives inf when log_prob() is calculated"),
        {},
        "overflow",
    ),
    "borgwang/tinynn 7": (
        ("SigmoidCrossEntropyLoss with np.log(1 + np.exp(logits)): for large logits the loss is inf"),
        {},
        "overflow",
    ),
    "rushter/MLAlgorithms 30": (
        ("def softplus(z): return np.log(1 + np.exp(z)) gives inf for 1.0e10"),
        {},
        "overflow",
    ),
    "zackchase/mxnet-the-straight-dope 3": (
        ("After 98 % accuracy the CNN from scratch tends to blow up, might be a problem with its own softmax"),
        {},
        "overflow",
    ),
    "MIC-DKFZ/nnUNet 2715": (
        ("nnU-Net on 88 images augmented to 880: now the validation loss is less than the train loss. Is it an issue?"),
        {},
        "train-above-validation",
    ),
    "fuzailpalnak/building-footprint-segmentation 42": (
        ("Why do I always get higher metrics on the validation set than in training, in every epoch?"),
        {},
        "train-above-validation",
    ),
    "solivr/tf-crnn 50": (
        ("W tensorflow/core/util/ctc/ctc_loss_calculator.cc:144] No valid path found."),
        {},
        "input-too-short",
    ),
    "weinman/cnn_lstm_ctc_ocr 52": (
        (
            "OCR with CTC: a couple of times I got 'W tensorflow/core/util/ctc/ctc_loss_calculator.cc:144] No "
            "valid path found', what does it mean?"
        ),
        {},
        "input-too-short",
    ),
    "ultralytics 25096": (
        ("SemanticSegmentationLoss returns NaN when the whole batch is made of pixels of 255 (void), batch=1"),
        {},
        "all-ignored",
    ),
    "xgboost 2180": (
        (
            "My own objective: the prediction never changes from iteration to iteration, preds is always 0.5\n"
            "grad = (-Y*y**(1-p) + y**(2-p))*w/sumw\n"
            "hess = (-(1-p)*Y*y**(1-p) + (2-p)*y**(2-p))*w/sumw"
        ),
        {},
        "hessian-zero",
    ),
    "hlamba28/UNET-TGS 8": (
        (
            "Dividing all images by 255.0 does not work for those of the mask directory, so when I fit, "
            "binary_crossentropy is negative"
        ),
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 228": (
        (
            "kitti masks of type uint8 with values 0 to 18, net.classes=20. After the conversion to torch.long "
            "my true masks are all 0, and the predicted result is 0"
        ),
        {},
        "one-label",
    ),
    "HenriquesLab/ZeroCostDL4Mic 3": (
        (
            "U-Net: I suspect that my binary label images become all zeros, as the accuracy rapidly becomes 1 "
            "and the loss 0. The output is all zero as well"
        ),
        {},
        "one-label",
    ),
    "mjc92/GetToThePoint 8": (
        ("The criterion here is softmax + NLLLoss"),
        {},
        "log-missing",
    ),
    "clvrai/ACGAN-PyTorch 4": (
        ("The discriminator of the ACGAN ends in nn.Softmax and its class loss is nn.NLLLoss"),
        {},
        "log-missing",
    ),
    "erfanzar/EasyDeL 46": (
        (
            "When I load the model from a checkpoint and go on with the previous learning rate, the loss "
            "increases sharply after a few steps, so I have to warm up. Is this normal?"
        ),
        {},
        "restart-spikes",
    ),
    "valeoai/Halton-MaskGIT 15": (
        (
            "When I load model and optimizer state dict from a checkpoint to resume training, the loss suddenly "
            "spikes up; after a while it goes down again"
        ),
        {},
        "restart-spikes",
    ),
    "jcjohnson/fast-neural-style 24": (
        (
            "Resuming from a checkpoint did not start with the proper loss, it was much higher than when I had "
            "stopped; with a learning rate of 1e-4 instead of 1e-3 it resumes well"
        ),
        {},
        "restart-spikes",
    ),
    "huggingface/transformers 33336": (
        ("Training resumes with an increased loss despite loading the checkpoint"),
        {},
        "restart-spikes",
    ),
    "ultralytics/yolov3 902": (
        ("I stopped after 50 epochs and resumed from last.pt for the next 50, but the loss got bad. Is this normal?"),
        {},
        "restart-spikes",
    ),
    "ultralytics/yolov5 1527": (
        (
            "On colab, when the training was interrupted and I start it again from the saved checkpoint, the "
            "performance is lower for the first 5-10 epochs and then gets ok"
        ),
        {},
        "restart-spikes",
    ),
    "karpathy/nanoGPT 206": (
        ("train.py calls loss.backward() without normalising the loss by the number of gradient accumulation steps"),
        {},
        "accumulation",
    ),
    "Modalities 118": (
        ("With gradient accumulation the logged loss is that divided by the number of accumulation steps"),
        {},
        "accumulation",
    ),
    "keras 19740": (
        (
            "keras.losses.MeanAbsoluteError()(y_true=[[1.0], [2.0]], y_pred=[[2.0], [3.0]], "
            "sample_weight=[[0.0], [1.0]]) returns 0.5 and not 1.0; the metric with the same weights returns 1.0"
        ),
        {},
        "weighted-mean",
    ),
    "tensorflow 29965": (
        (
            "loss='mean_squared_error' and loss=tf.keras.losses.mean_squared_error differ with sample weights "
            "[1,1,1,1,1,0,0,0,0,0]: 0.5000 and 1.0000"
        ),
        {},
        "weighted-mean",
    ),
    "tensorflow 25178": (
        ("model.evaluate(x, y, sample_weight=[0.1, 0, 0.1]) with mse: Keras gives 0.2, tf.keras gives 0.13333 or 2.0"),
        {},
        "weighted-mean",
    ),
    "keras 13329": (
        (
            "weighted_masked_objective returns K.mean(score_array * weights) where I expect K.sum(score_array * "
            "weights) / K.sum(weights)"
        ),
        {},
        "weighted-mean",
    ),
    "keras 1223": (
        (
            "MLP on a highly unbalanced dataset with class_weights as the inverse of the class frequencies: with "
            "the current version the loss of the first epoch is 1.4438, with that of some weeks ago 0.6875"
        ),
        {},
        "weighted-mean",
    ),
    "tensorflow 23767": (
        ("If I multiply the sample_weights by 10000 the loss of tf.keras does not change"),
        {},
        "weighted-mean",
    ),
    "kyu-sz/WPAL-network 2": (
        ("Loss is above 64.0 when the iteration is 0. Such a big number shocked me, is it normal?"),
        {},
        "sum-not-mean",
    ),
    "jeffffffli/res-loglikelihood-regression 33": (
        (
            "训练第一个epoch的loss变成负数\n"
            "loss: -8.48068483 | acc: 0.2207:  71%|█████████████████████▎        | 417/586 [47:52<27:15,  "
            "9.68s/it]"
        ),
        {},
        "nothing-wrong",
    ),
    "KichangKim/DeepDanbooru 59": (
        (
            "Tagging of pictures: when I started training the BCE loss is very small, around 0.02, even at the "
            "very beginning. Is this normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "apache/mxnet 6432": (
        (
            "The linear regression tutorial with train_data = [[1,2],[3,4],[5,6],[3,2],[7,1],[6,9]] and "
            "train_label = [5,11,17,7,9,24] sometimes returns 'nan'"
        ),
        {},
        "diverging",
    ),
    "acids-ircam/creative_ml 6": (
        ("The MSE of the first notebook is defined as a sum instead of a mean"),
        {},
        "sum-not-mean",
    ),
    "pytorch 15666": (
        (
            "My CIFAR10 variant has labels 1..10; with CrossEntropy I get ClassNLLCriterion.cu:105: Assertion `t "
            ">= 0 && t < n_classes` failed"
        ),
        {},
        "off-by-one-index",
    ),
    "taey16/DomainTransferNetwork.pytorch 2": (
        (
            "The code does target -= 1, so a target becomes -1\n"
            "ClassNLLCriterion.cu:101: Assertion `t >= 0 && t < n_classes` failed."
        ),
        {},
        "off-by-one-index",
    ),
    "milesial/Pytorch-UNet 258": (
        (
            "I have 3 classes. RuntimeError: CUDA error: device-side assert triggered\n"
            "SpatialClassNLLCriterion.cu:106: Assertion `t >= 0 && t < n_classes` failed"
        ),
        {},
        "off-by-one-index",
    ),
    "torch/nn 471": (
        ("ClassNLLCriterion.lua:44: Assertion `cur_target >= 0 && cur_target < n_classes' failed."),
        {},
        "off-by-one-index",
    ),
    "keras 10292": (
        ("Pima Indians script with my own data: acc: 81.97%, but the predicted result is always 0"),
        {},
        "base-rate",
    ),
    "godardt/planet-amazon-deforestation 1": (
        (
            "17 labels, several for one image: output layer changed from sigmoid to softmax, loss from "
            "binary_crossentropy to categorical_crossentropy"
        ),
        {},
        "target-not-normalised",
    ),
    "DLR-RM/stable-baselines3 602": (
        (
            "PPO on an environment for stock trading: tensorboard shows a negative entropy loss, policy loss and "
            "combined loss. I thought we minimise a positive loss to zero"
        ),
        {},
        "nothing-wrong",
    ),
    "CarperAI/trlx 491": (
        ("PPO training: can policy losses have a negative value? A normal loss graph drops gradually, mine looks weird"),
        {},
        "nothing-wrong",
    ),
    "xmed-lab/UCVME 1": (
        (
            "By the supplement the heteroscedasticity loss should be positive, but in training the loss is "
            "optimised to a negative value, without a lower bound"
        ),
        {},
        "nothing-wrong",
    ),
    "mravanelli/pytorch-kaldi 112": (
        (
            "It trained well up to 22 epochs, then I got nan\n"
            "ep=22 tr=['train_clean_100'] loss=0.671 err=0.214 valid=dev_clean loss=0.693 err=0.212 "
            "lr_architecture1=6.25e-06 lr_architecture2=6.25e-06 time(s)=17255\n"
            "ep=23 tr=['train_clean_100'] loss=nan err=0.218 valid=dev_clean loss=nan err=0.911 "
            "lr_architecture1=3.125e-06 lr_architecture2=3.125e-06 time(s)=17416"
        ),
        {},
        "diverging",
    ),
    "aimalz/proclam 39": (
        ("The LogLoss metric has trouble with predictions of 0. and 1.0: -inf for several rows, and evaluate() returns nan"),
        {},
        "probability-exactly-one",
    ),
    "xgboost 213": (
        (
            "gblinear with logistic loss: after some rounds the logloss becomes nan but the auc still increases\n"
            "[42]	train-logloss:0.331905	train-auc:0.874512	valid-logloss:0.332701	valid-auc:0.873201\n"
            "[43]	train-logloss:0.331579	train-auc:0.874738	valid-logloss:0.332484	valid-auc:0.873435\n"
            "[44]	train-logloss:-nan	train-auc:0.874943	valid-logloss:0.332257	valid-auc:0.873648\n"
            "[45]	train-logloss:-nan	train-auc:0.875109	valid-logloss:0.332024	valid-auc:0.873822\n"
            "[46]	train-logloss:-nan	train-auc:0.875278	valid-logloss:0.331800	valid-auc:0.873999"
        ),
        {},
        "probability-exactly-one",
    ),
    "keras 15665": (
        (
            "y_true = [[0., 1.], [0., 0.]], y_pred = [[0.6, 0.4], [0.4, 0.6]]: tf.keras.losses.Hinge() gives "
            "1.3, maximum(1 - y_true * y_pred, 0) gives 0.9"
        ),
        {},
        "target-outside",
    ),
    "keras 2588": (
        (
            "I changed the last layer to linear and the loss to hinge for an SVM, with one-hot labels of 0 and "
            "1; the training accuracy does not change"
        ),
        {},
        "target-outside",
    ),
    "bfortuner/ml-glossary 113": (
        ("The documentation says y = {0, 1}, but the hinge loss is that of {-1, +1}: it is 1 for y = 0 no matter what yhat is"),
        {},
        "target-outside",
    ),
    "Lasagne/Lasagne 744": (
        (
            "binary_hinge_loss normalises the targets to {-1, 1}; should the predictions not be normalised too, "
            "if they lie in (0, 1) as from a sigmoid?"
        ),
        {},
        "probabilities-in-hinge",
    ),
    "facebookresearch/simsiam 44": (
        (
            "The value of the loss with nn.CosineSimilarity is negative, with a resnet12 on CIFAR-FS. Can you "
            "help me solve this?"
        ),
        {},
        "nothing-wrong",
    ),
    "yingrliu/TAAN-MTL 2": (
        (
            "When I train with the cosine regularisation LossCosine the loss is less than zero, which is "
            "impossible; before it returns the mean it multiplies with minus one"
        ),
        {},
        "nothing-wrong",
    ),
    "tensorflow 58031": (
        ("tf.keras.losses.CosineSimilarity() of [[0., 2., 3.]] and [[0., 2., 3.]] is -1.0000001, outside of [-1, 1]"),
        {},
        "nothing-wrong",
    ),
    "matterport/Mask_RCNN 1482": (
        (
            "I changed Mask R-CNN to FP16 with K.set_floatx('float16') and K.set_epsilon(1e-4). Each part of the "
            "loss seems right, but the total loss is NaN"
        ),
        {},
        "precision",
    ),
    "tensorflow 56142": (
        (
            "tf.keras.mixed_precision.set_global_policy('mixed_float16') with a loop of my own: the scaled loss "
            "is inf or the gradients nan; the model works well in float32. It ends in Dense -> softmax"
        ),
        {},
        "precision",
    ),
    "plemeri/InSPyReNet 10": (
        ("With mixed_precision=True the model returns NaN. How do I fix this?"),
        {},
        "precision",
    ),
    "amazon-science/semi-vit 4": (
        (
            "Finetuning the huge model on 1 percent of the labels: with mixed precision the loss is always nan; "
            "with fp32 the accuracy is 79.4"
        ),
        {},
        "precision",
    ),
    "transformers 18798": (
        (
            'TF Segformer with mixed_precision.Policy("mixed_float16"): it converges fine for the first 10-15 '
            "epochs, then the loss suddenly goes to Nan"
        ),
        {},
        "precision",
    ),
    "karpathy/nanoGPT 167": (
        ("With dtype float16 on a V100 the loss is nan after 6000 iterations; a smaller learning rate did not help"),
        {},
        "precision",
    ),
    "mozilla/DeepSpeech 258": (
        (
            "Before the first checkpoint the loss was about 88. After it, the loss never went below 88 and is "
            "now 112 at epoch 58; the WER at epoch 49 is 0.72, it was 0.57 at epoch 20"
        ),
        {},
        "diverging",
    ),
    "xialuxi/arcface-caffe 32": (
        (
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
            "= 87.3365"
        ),
        {},
        "saturated",
    ),
    "RaoFoundation/bittensor 229": (
        ("The loss explodes after some epochs, from 6.282 to 298760397856.022"),
        {},
        "diverging",
    ),
    "Marcovaldong/lstmp.pytorch 2": (
        (
            "LSTM with projection: after about 1200 iterations the cross-entropy is nan. Clipping the gradient "
            "to a norm of 5.0 did not help"
        ),
        {},
        "diverging",
    ),
    "kazewong/flowMC 130": (
        ("The loss of the flow can suddenly jump to a high value and destroys what was learned before"),
        {},
        "diverging",
    ),
    "kdexd/virtex 18": (
        (
            "My training was interrupted and I resumed with --resume-from; training and validation loss jumped "
            "at the start and then decreased"
        ),
        {},
        "restart-spikes",
    ),
    "sirius-ai/MobileFaceNet_TF 7": (
        ("With the refined MS1M data the loss changes greatly each time the epoch number changes"),
        {},
        "restart-spikes",
    ),
    "mlfoundations/open_clip 101": (
        ("Why is the loss curve like a staircase? It rises within each epoch and falls after each epoch"),
        {},
        "restart-spikes",
    ),
    "apache/mxnet 6802": (
        (
            "The cross-entropy is periodic, the period is exactly one epoch: lowest at the end of an epoch, and "
            "it rises rapidly at the beginning of the next"
        ),
        {},
        "restart-spikes",
    ),
    "keras 472": (
        ("Kaggle facial keypoints: the validation loss is even lower than the training loss. Does this make sense?"),
        {},
        "train-above-validation",
    ),
    "ariecattan/SciCo 2": (
        (
            "The validation loss is stuck around 1.0, falls very slowly; the training loss does not. In "
            "multiclass.py the logits go through a softmax before CrossEntropyLoss"
        ),
        {"classes": 4},
        "softmax-twice",
    ),
    "jaehong31/CGES 1": (
        (
            "mnist_conv returns tf.nn.softmax(output), and main.py does "
            "tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=y_conv, labels=y_))"
        ),
        {},
        "softmax-twice",
    ),
    "Open-dLLM 8": (
        ("The initial loss is 29.7 when I continue from Qwen2.5-Coder as a diffusion model, is that normal?"),
        {},
        "nothing-wrong",
    ),
    "avalonstrel/GatedConvolution_pytorch 27": (
        ("Training the net on my own data, all losses are Nan sooner or later, also with a smaller learning rate"),
        {},
        "nan-in-gradient",
    ),
    "zhouhaoyi/Informer2020 461": (
        ("训练的时候损失一直是nan\nValidation loss decreased (nan --> nan)."),
        {},
        "nan-in-gradient",
    ),
    "jsleep/wav2mid 3": (
        ("The training loss goes to nan when the data set AkpnCGDd is among the training data; without it training is fine"),
        {},
        "nan-in-gradient",
    ),
    "bytedance/UniVR 13": (
        (
            "The prompt is masked with -100; when prompt and image tokens fill max_length, truncation on the "
            "right removes all answer tokens, and the SFT loss is NaN"
        ),
        {},
        "all-ignored",
    ),
    "liziniu/GEM 1": (
        ("训练的时候，发现loss存在负数，这是预期情况吗？ GEM loss, ce_loss is falling"),
        {},
        "nothing-wrong",
    ),
    "caogang/wgan-gp 45": (
        (
            "self.g_loss = -tf.reduce_mean(d_logits_fake)\n"
            "self.d_loss = tf.reduce_mean(d_logits_fake) - tf.reduce_mean(d_logits_real) + GP\n"
            "but g_loss is sometimes negative in training"
        ),
        {},
        "nothing-wrong",
    ),
    "chrisdonahue/wavegan 35": (
        ("In TensorBoard G_loss and D_loss of WaveGAN are negative; what does that mean?"),
        {},
        "nothing-wrong",
    ),
    "ajbrock/BigGAN-PyTorch 60": (
        ("The hinge loss of the generator (line 28 of losses.py) can be negative, and is on my task"),
        {},
        "nothing-wrong",
    ),
    "bbbbbbzhou/AccSeg-Net 2": (
        ("When I run train.py the dice value is negative. What is the reason?"),
        {},
        "nothing-wrong",
    ),
    "milesial/Pytorch-UNet 56": (
        (
            "Epoch finished ! Loss: 0.16545738393068313\n"
            "Validation Dice Coeff: 1.004147481918335\n"
            "Should dice not lie between 0 and 1? My masks are not binary"
        ),
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 271": (
        (
            "Another data set, a binary mask for one class and background: the loss is negative like -1000 and "
            "the Dice coefficient greater than 1"
        ),
        {},
        "target-outside",
    ),
    "qubvel/segmentation_models 403": (
        (
            "The Dice loss becomes negative after 2-3 epochs and IoU greater than 1; my masks are binary in {0, "
            "1}, the images range from 0 to 255"
        ),
        {},
        "target-outside",
    ),
    "deeplearning4j 6880": (
        ("LossMultiLabel gives NaN if the label array of an example is all 0 or all 1"),
        {},
        "one-label",
    ),
    "EricFillion/happy-transformer 248": (
        ("csv with text and value, 14000 rows\nIndexError: Target -1 is out of bounds."),
        {},
        "off-by-one-index",
    ),
    "milesial/Pytorch-UNet 291": (
        ("n_classes = 2, masks loaded as they are: IndexError: Target 192 is out of bounds"),
        {},
        "off-by-one-index",
    ),
    "YutaroOgawa/pytorch_advanced 190": (
        ("num_classes: 2 incl. background, my annotations use class 1 only; MultiBoxLoss: Target 2 is out of bounds."),
        {},
        "off-by-one-index",
    ),
    "dmlc/gluon-cv 644": (
        (
            "Semantic segmentation, the background is more than 99% of the pixels; after training the output is "
            "all background: pixel accuracy >99% but IoU 0%"
        ),
        {},
        "base-rate",
    ),
    "abhuse/polyloss-pytorch 5": (
        ("Binary problem with 462 points, class 0: 86.2%, class 1: 13.8%; all validation predictions turn out to be 0"),
        {},
        "base-rate",
    ),
    "appvision-ai/fast-bert 52": (
        ("670 labels, one or few of them 1 for a text; with BCEWithLogitsLoss the model predicts only zeros"),
        {},
        "base-rate",
    ),
    "PRBonn/LiDiff 27": (
        ("The diffusion loss is stuck around 0.9 but the results keep getting better. Normal?"),
        {},
        "nothing-wrong",
    ),
    "maudzung/RTM3D 13": (
        ("losses.py computes torch.log(pred) of the heat map without an epsilon; the loss becomes nan"),
        {},
        "probability-exactly-one",
    ),
    "mkocabas/focal-loss-keras 17": (
        (
            "-K.sum(alpha * K.pow(1. - pt_1, gamma) * K.log(pt_1))-K.sum((1-alpha) * K.pow( pt_0, gamma) * "
            "K.log(1. - pt_0)) gives nan loss"
        ),
        {},
        "probability-exactly-one",
    ),
    "NVIDIA/apex 358": (
        (
            "y_pred = tensor([9.9707e-01, 9.7266e-01, 1.0000e+00, 8.7280e-02, 0.0000e+00, 1.0000e+00, "
            "4.3579e-01])\n"
            "loss = -(y_true*torch.log(y_pred) + (1-y_true)*torch.log(1-y_pred)).sum() / n gives nan with amp"
        ),
        {},
        "probability-exactly-one",
    ),
    "fudannlp16/focal-loss 4": (
        (
            "L = -labels*(1-alpha)*((1-y_pred)**gamma)*tf.log(y_pred) - "
            "(1-labels)*alpha*(y_pred**gamma)*tf.log(1.0 - y_pred): sometimes nan"
        ),
        {},
        "probability-exactly-one",
    ),
    "PaddlePaddle/Paddle 10945": (
        (
            "cross_entropy not working when the label is not in the expected range: cross_entropy of uniform "
            "probabilities of 100 classes gives [1.e+20] when the label is 1000"
        ),
        {},
        "off-by-one-index",
    ),
    "CrossmodalGroup/GSMN 10": (
        (
            "The loss does not change until epoch 6, is there a reason? It is a triplet loss with hard "
            "negatives, margin 0.2, batch size 64\n"
            "020-09-15 21:05:17,981 Epoch: [5][1069/2266]	Eit 12400  lr 0.0002  Le 25.600017547607422	Time 0.900 "
            "(0.000)	Data 0.039 (0.000)	\n"
            "2020-09-15 21:06:52,140 Epoch: [5][1169/2266]	Eit 12500  lr 0.0002  Le 25.60001564025879	Time 0.898 "
            "(0.000)	Data 0.038 (0.000)	\n"
            "2020-09-15 21:08:22,427 Epoch: [5][1269/2266]	Eit 12600  lr 0.0002  Le 25.600017547607422	Time "
            "0.895 (0.000)	Data 0.038 (0.000)	\n"
            "2020-09-15 21:09:56,861 Epoch: [5][1369/2266]	Eit 12700  lr 0.0002  Le 25.600017547607422	Time "
            "1.087 (0.000)	Data 0.039 (0.000)"
        ),
        {},
        "embeddings-collapsed",
    ),
    "endernewton/tf-faster-rcnn 458": (
        (
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
            "speed: 0.524s / iter"
        ),
        {},
        "diverging",
    ),
    "jwyang/faster-rcnn.pytorch 562": (
        (
            "I changed the classes to '__background__', 'hat', 'head'\n"
            "[session 1][epoch  1][iter    0/2892] loss: 2.0858, lr: 1.00e-04\n"
            "                        fg/bg=(10/118), time cost: 0.233441\n"
            "                        rpn_cls: 0.7161, rpn_box: 0.0311, rcnn_cls: 1.1516, rcnn_box 0.1871\n"
            "[session 1][epoch  1][iter  100/2892] loss: nan, lr: 1.00e-04\n"
            "                        fg/bg=(7/121), time cost: 19.324604\n"
            "                        rpn_cls: 0.6902, rpn_box: nan, rcnn_cls: 0.2591, rcnn_box 0.0000\n"
            "[session 1][epoch  1][iter  200/2892] loss: nan, lr: 1.00e-04\n"
            "                        rpn_cls: 0.6851, rpn_box: nan, rcnn_cls: 1.0205, rcnn_box 0.0000"
        ),
        {},
        "nan-in-gradient",
    ),
    "CharlesShang/TFFRCNN 10": (
        ("rpn_loss_box = nan when training on my own dataset"),
        {},
        "nan-in-gradient",
    ),
    "shekkizh/FCN.tensorflow 22": (
        ("My own dataset, annotations formatted to gray scale as in MIT: the training loss is nan for all iterations"),
        {},
        "off-by-one-index",
    ),
    "Vandermode/ERRNet 30": (
        ("While training the loss of D fell to about 0.2 and the loss of G rose to 6. Is this normal?"),
        {},
        "nothing-wrong",
    ),
    "uclaacmai/Generative-Adversarial-Network-Tutorial 4": (
        (
            "g_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits = Dg, labels = "
            "tf.ones_like(Dg)))\n"
            "gLoss is increasing while dLoss decreases as designed; why? The generator did learn something"
        ),
        {},
        "nothing-wrong",
    ),
    "chen0040/keras-text-to-image 1": (
        ("The generator loss is increasing and the discriminator loss reducing gradually. What is the reason?"),
        {},
        "nothing-wrong",
    ),
    "romarcg/traversability_estimation 12": (
        (
            "The validation loss falls in the first 5 epochs, then it keeps increasing, and the validation "
            "accuracy is always around 0.80 from the 1st to the 50th epoch"
        ),
        {},
        "overconfident",
    ),
    "WongKinYiu/yolov7 1713": (
        (
            "BCEobj uses reduction='mean' but the losses are multiplied by the batch size later. Why the sum of "
            "the batch and not the mean?"
        ),
        {},
        "sum-not-mean",
    ),
    "ultralytics 18473": (
        ("YOLOv8: the loss is up to 1000+ when I train with 256 images in a batch, other projects have less than 10"),
        {},
        "sum-not-mean",
    ),
    "ultralytics/yolov5 481": (
        (
            "Is there a reason for scaling the loss by bs in compute_loss: return loss * bs, torch.cat((lbox, "
            "lobj, lcls, loss)).detach()"
        ),
        {},
        "sum-not-mean",
    ),
    "GeoZcx/DSIFN 1": (
        ("Sigmoid is used when you build the DSIFN model, and again in the loss function (BCE)"),
        {},
        "sigmoid-twice",
    ),
    "pytorch 19699": (
        (
            "a = torch.randn(100,1)\n"
            "b = torch.randn(100)\n"
            "MSELoss of a and b: tensor(2.0373); with b.reshape(-1,1): tensor(1.7123)"
        ),
        {},
        "broadcast",
    ),
    "pytorch 16045": (
        (
            "target.shape = [100] and predicted.shape = [100, 1]: linear regression with nn.MSELoss does not "
            "find the right weights and the loss does not decrease near the optimum, no error is raised"
        ),
        {},
        "broadcast",
    ),
    "keras 14627": (
        (
            "mse of keras in model.fit differs from "
            "np.square(np.subtract(y_train,model.predict(x_train))).mean() for boston_housing, y_train of shape "
            "(404,)"
        ),
        {},
        "broadcast",
    ),
    "jy0205/Pyramid-Flow 204": (
        ("训练vae, loss值为负数, 这是正常的吗? 加入了discriminator的loss"),
        {},
        "nothing-wrong",
    ),
    "ethanhe42/KL-Loss 36": (
        (
            "Negative loss after a few iterations on Pascal VOC with KL-Loss (box regression with variance "
            "alpha), I think due to large alpha"
        ),
        {},
        "nothing-wrong",
    ),
    "Jackson-Kang/Pytorch-VAE-tutorial 4": (
        ("The code works well, but the loss value is more than 100. Is it due to the KL divergence? BCE with reduction='sum'"),
        {},
        "sum-not-mean",
    ),
    "MCC-WH/Token 7": (
        (
            ">> Train Epoch: [0] [ 340/4003] eta: 1:43:19 ArcFace loss: 17.6546 Top1 error: 100.0000 Top5 error: "
            "99.9927 iter time: 1.6925 s max mem: 18134 MB\n"
            ">> Train Epoch: [0] [ 350/4003] eta: 1:43:00 ArcFace loss: 17.6549 Top1 error: 100.0000 Top5 error: "
            "99.9893 iter time: 1.6919 s max mem: 18134 MB\n"
            ">> Train Epoch: [0] [ 360/4003] eta: 1:42:40 ArcFace loss: 17.6523 Top1 error: 100.0000 Top5 error: "
            "99.9861 iter time: 1.6911 s max mem: 18134 MB"
        ),
        {},
        "margin-softmax",
    ),
    "jax 4177": (
        ("def squared_2_norm(x):\n    return np.linalg.norm(x) ** 2\ngrad of it at np.zeros(2): [nan nan]; the value is 0.0"),
        {},
        "nan-in-gradient",
    ),
    "autograd 183": (
        ("np.exp(-1.0*np.linalg.norm(x)**2) at zero: gradient [nan, nan]; with np.sum(x**2) it is [0, 0]"),
        {},
        "nan-in-gradient",
    ),
    "jax 21723": (
        ("jax.grad(lambda x: jnp.linalg.norm(x) ** 2)(0.) returns nan"),
        {},
        "nan-in-gradient",
    ),
    "radixark/miles 1363": (
        ("PPO: ratio = (-ppo_kl).exp() of extreme log-ratios gives inf, and the loss nan"),
        {},
        "overflow",
    ),
    "LightGBM 1991": (
        (
            "myobj with grad = preds - labels, hess = 1 (one number): the model always predicts 0\n"
            "[LightGBM] [Warning] No further splits with positive gain, best gain: -inf"
        ),
        {},
        "hessian-zero",
    ),
    "LightGBM 2128": (
        ("MAE by a custom objective: grad = np.sign(d), hess = zeros or np.ones(preds.shape); it does not work"),
        {},
        "hessian-zero",
    ),
    "fatchord/WaveRNN 36": (
        (
            "At each epoch the loss of the first batch is very different, much smaller, than that of the next "
            "batches. Is this normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "modelscope/ms-swift 3579": (
        (
            "GRPO demo, loss出现负数是正常吗\n"
            "{'loss': -0.01984474, 'grad_norm': 2.83724597, 'learning_rate': 9.6e-07, 'completion_length': "
            "64.91666794, 'rewards/MultiModalAccuracyORM': 0.63541669, 'rewards/Format': 1.0, 'reward': "
            "1.63541669, 'reward_std': 0.44870499, 'kl': 0.06542969, 'epoch': 0.14}"
        ),
        {},
        "nothing-wrong",
    ),
    "declare-lab/flan-alpaca 19": (
        ('Flan-T5 on a V100: with precision "16-mixed" I get nan at each step of training; with "32-true" I get loss values'),
        {},
        "precision",
    ),
    "transformers 11461": (
        ("run_translation.py with t5-large and --fp16: nan in the loss. FP16 mode should not produce nan"),
        {},
        "precision",
    ),
    "transformers 4586": (
        ('T5Model.from_pretrained("t5-base").cuda().half() gives nan with long inputs'),
        {},
        "precision",
    ),
    "espnet 2669": (
        (
            "I usually get a negative loss in some epochs:\n"
            "{\n"
            '        "main/loss_ctc": -5.671372443975481e+35,\n'
            '        "main/loss_att": 15.803862244486808,\n'
            '        "main/acc": 0.9607279838545754,\n'
            '        "main/loss": -1.1342744887950961e+35,\n'
            '        "epoch": 9,\n'
            '        "iteration": 122600\n'
            "    },\n"
            "There is no blank label in my data"
        ),
        {},
        "input-too-short",
    ),
    "espnet 863": (
        (
            "The CTC loss is sometimes nan, or a large positive or negative value:\n"
            "2019-06-13 02:30:01,545 (e2e_asr:302) WARNING: loss (=nan) is not correct\n"
            "2019-06-13 03:52:24,416 (e2e_asr:302) WARNING: loss (=14484257.000000) is not correct\n"
            "2019-06-13 05:06:23,975 (e2e_asr:302) WARNING: loss (=-186341) is not correct"
        ),
        {},
        "input-too-short",
    ),
    "thu-spmi/CAT 22": (
        (
            "netout torch.Size([8, 133, 365]) , labels torch.Size([833]), , input_lengths tensor([133, 131, 128, "
            "116, 113, 113,  83,  77]), label_lengths tensor([121, 124, 105, 100, 149, 103,  70,  61], "
            "dtype=torch.int32)\n"
            "time: 58.328730165958405, partial_loss -inf,tr_real_loss: -inf, lr: 0.001\n"
            "The loss of CTC_CRF is -inf with down sampling"
        ),
        {},
        "input-too-short",
    ),
    "audier/DeepSpeechRecognition 25": (
        (
            " 7495/17725 [===========>..................] - ETA: 43:19 - loss: 28.7221\n"
            " 7496/17725 [===========>..................] - ETA: 43:18 - loss: 28.72152018-12-26 "
            "11:04:36.796989: W tensorflow/core/util/ctc/ctc_loss_calculator.cc:144] No valid path found.\n"
            "\n"
            " 7497/17725 [===========>..................] - ETA: 43:18 - loss: inf\n"
            " 7498/17725 [===========>..................] - ETA: 43:18 - loss: inf"
        ),
        {},
        "input-too-short",
    ),
    "chainer 5614": (
        ("The CTC loss returns positive infinity when it gets a long label sequence"),
        {},
        "input-too-short",
    ),
    "SeanNaren/warp-ctc 29": (
        (
            "OCR of sentence images; the CTC losses become infinite after some epochs\n"
            "train loss (min, avg, max): (-0.276, nan, 1152.610)\n"
            "validation loss (min, avg, max): (inf, nan, -inf)"
        ),
        {},
        "input-too-short",
    ),
    "HobbitLong/SupContrast 45": (
        (
            "SimCLR on CIFAR10 with a batch size of 128: the loss saturates at 28 after about 25 epochs; other "
            "learning rates make no difference"
        ),
        {},
        "nothing-wrong",
    ),
    "pjreddie/darknet 715": (
        (
            "Region 94 Avg IOU: 0.862941, Class: 0.999465, Obj: 0.999374, No Obj: 0.008375, .5R: 1.000000, .75R: "
            "1.000000,  count: 32\n"
            "Region 82 Avg IOU: -nan, Class: -nan, Obj: -nan, No Obj: 0.000001, .5R: -nan, .75R: -nan,  count: "
            "0\n"
            "Region 94 Avg IOU: 0.874563, Class: 0.999423, Obj: 0.999260, No Obj: 0.007178, .5R: 1.000000, .75R: "
            "1.000000,  count: 17\n"
            "10313: 0.576849, 0.677636 avg, 0.002000 rate, 3.992994 seconds, 1320064 images\n"
            "Why do I get -nan?"
        ),
        {},
        "all-ignored",
    ),
    "stats.stackexchange 178371": (
        (
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
            "validation accuracy: 92.35 %"
        ),
        {},
        "train-above-validation",
    ),
    "forums.fast.ai 57521": (
        (
            "training_loss > validation_loss is said to be bad, yet in lesson 2 training_loss is always larger. "
            "With ps=0 the validation loss still gets tiny while the training loss stays large"
        ),
        {},
        "train-above-validation",
    ),
    "stackoverflow 56663175": (
        (
            "Adding dropout layers made the val loss remain lower than the train loss: CuDNNLSTM(1024), "
            "BatchNormalization, Dropout(0.4). Is it acceptable?"
        ),
        {},
        "train-above-validation",
    ),
    "stackoverflow 43979449": (
        (
            "Our validation data get better accuracy and lower loss than our training data, for all sizes of the "
            "hidden layer; Dropout(0.5), l1_l2(0.001)"
        ),
        {},
        "train-above-validation",
    ),
    "community.deeplearning.ai 211759": (
        (
            "Linear regression on house prices, inputs normalised by z-score: the cost decreases but is HUGE, as "
            "the targets are in thousands. Is it a bad thing to normalise the targets?"
        ),
        {},
        "nothing-wrong",
    ),
    "csdn 111181447": (
        ("loss全部变为nan, x_i = (torch.mean(x_i**p, dim=-1) + 1e-12)**(1/p), p = 3, x_i有负数"),
        {},
        "nan-in-gradient",
    ),
    "discuss.pytorch.org log": (
        ("The loss is nan since I introduced torch.log(t) in the forward pass; t contains very small or zero numbers"),
        {},
        "probability-exactly-one",
    ),
    "yunjey/pytorch-tutorial 130": (
        (
            "When I load the saved model and resume the training, the loss is always higher than it should be, "
            "although the optimizer was saved too"
        ),
        {},
        "restart-spikes",
    ),
    "r9y9/wavenet_vocoder 132": (
        ("The variance of the train loss increases considerably sometimes after resuming from a checkpoint"),
        {},
        "restart-spikes",
    ),
    "tensorflow/models 424": (
        ("saver.restore(sess, checkpoint_path) to resume: in tensorboard the loss seems to be reset every 500 iterations"),
        {},
        "restart-spikes",
    ),
    "transformers 33336": (
        ("Training resumes with increased loss despite loading the checkpoint"),
        {},
        "restart-spikes",
    ),
    "keras 5441": (
        (
            "ConvNet for regression: the loss decreases during an epoch, but at the beginning of a new epoch the "
            "loss is increased; generator, custom loss"
        ),
        {},
        "restart-spikes",
    ),
    "omoindrot/tensorflow-triplet-loss 14": (
        ("Batch all with 70 million triplets: the loss converges to the margin while distances collapse or explode"),
        {},
        "embeddings-collapsed",
    ),
    "mosaicml/llm-foundry 232": (
        (
            "Pretraining mpt 125m: after about 2200 batches the loss starts exploding; with a clip threshold of "
            "5 instead of 1.0 it explodes later"
        ),
        {},
        "diverging",
    ),
    "tflearn 562": (
        ("The last layer calls softmax, and then loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(net, Y))"),
        {},
        "softmax-twice",
    ),
    "AICPS/hw2vec 23": (
        ("output = F.log_softmax(output, dim=1), then self.loss_func = nn.CrossEntropyLoss(): why both?"),
        {},
        "nothing-wrong",
    ),
    "Randl/MobileNetV2-pytorch 5": (
        (
            "The model ends in F.log_softmax(x, dim=1), and torch.nn.CrossEntropyLoss() does log_softmax inside. "
            "Is the duplicate needed?"
        ),
        {},
        "nothing-wrong",
    ),
    "slp-ntua/patrec-labs 72": (
        ("Το CrossEntropyLoss κάνει και το ίδιο Softmax. Είναι πρόβλημα να κάνουμε κι εμείς Softmax στο output?"),
        {},
        "softmax-twice",
    ),
    "bowang-lab/Transformer-GCN-QA 32": (
        ("We did not know that CrossEntropyLoss() implements a softmax: the model has a softmax at its output"),
        {},
        "softmax-twice",
    ),
    "midas-research/man-sf-emnlp 2": (
        ("train.py uses F.softmax before nll_loss; should it be F.log_softmax?"),
        {},
        "log-missing",
    ),
    "pytorch 4938": (
        (
            "F.mse_loss(output.view(2, 1), target.view(2, 1, 1, 1)) returns 1, ((output.view(2, 1) - "
            "target.view(2, 1, 1, 1))**2).mean() returns 1.5"
        ),
        {},
        "broadcast",
    ),
    "manzilzaheer/DeepSets 1": (
        ("y of (128,) minus y_pred of (128,1) in the MSE; the model approximates the average over all indices"),
        {},
        "broadcast",
    ),
    "IntelLabs/matsciml 347": (
        ("MSELoss()(y, x) is tensor(0.1454), MSELoss()(y.view(-1, 1), x) is tensor(0.0535)"),
        {},
        "broadcast",
    ),
    "keras-cv 1505": (
        (
            "On 2 GPUs: with reduction SUM the loss of the first epoch is about 3, with SUM_OVER_BATCH_SIZE "
            "0.0000052. Is this right?"
        ),
        {},
        "sum-not-mean",
    ),
    "pierluigiferrari/ssd_keras 8": (
        (
            "I doubled the batch size in the middle of training and the loss was cut in half with no better "
            "result. Is this accepted behaviour?"
        ),
        {},
        "sum-not-mean",
    ),
    "HIPS/autograd 151": (
        ("grad(norm)(np.zeros(3)) prints nans"),
        {},
        "nan-in-gradient",
    ),
    "HIPS/autograd 268": (
        ("value_and_grad of np.linalg.norm at zeros: RuntimeWarning: divide by zero, (0.0, array([ nan]))"),
        {},
        "nan-in-gradient",
    ),
    "NVIDIA-NeMo/RL 876": (
        ("The KL penalty torch.exp(r) - r - 1 with r = logprobs_reference - logprobs_policy gives nans"),
        {},
        "overflow",
    ),
    "tsudalab/ChemTS 3": (
        ("Accuracy goes down and the loss increases after the fifth epoch"),
        {},
        "diverging",
    ),
    "ultralytics/yolov5 2695": (
        ("If I train a data set of a single class, the class loss is zero; is that right?"),
        {},
        "one-class",
    ),
    "boyuzz/WMCNN-Pytorch 3": (
        ("The training loss is always more than 120, is this normal?"),
        {},
        "sum-not-mean",
    ),
    "suanrong/SDNE 21": (
        ("My loss is bigger than 500000 with batch=32, and twice that with batch=64. Is that right?"),
        {},
        "sum-not-mean",
    ),
    "pavancm/CONTRIQUE 8": (
        ("Nan loss occurred in the second epoch (contrastive loss)"),
        {},
        "diverging",
    ),
    "keras 13006": (
        (
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
            "7.9712 - val_acc: 0.5000"
        ),
        {},
        "clipped",
    ),
    "chenyuntc/pytorch-book 23": (
        ("猫狗大战, 损失在0.69左右, 验证集准确率依然是50%, 是不是过拟合?"),
        {},
        "no-signal",
    ),
    "woct0rdho/ACE-Step 6": (
        ("lora训练2400步了, diffusion loss还是在0.3-0.5左右跳, 似乎没有下降"),
        {},
        "nothing-wrong",
    ),
    "microsoft/ProDA 20": (
        (
            "You exclude log() in the kl_div loss of the distillation: F.kl_div(student, teacher) with student = "
            "F.softmax(...), usually it is F.kl_div(student.log(), teacher)"
        ),
        {},
        "log-missing",
    ),
    "haitongli/knowledge-distillation-pytorch 2": (
        ("Why softmax for the teacher output, but log softmax for the student output in the KL loss?"),
        {},
        "nothing-wrong",
    ),
    "snakers4/silero-vad 699": (
        ("tuning/utils.py has no optimizer.zero_grad() before loss.backward()"),
        {},
        "gradients-not-cleared",
    ),
    "tenstorrent/tt-blacksmith 711": (
        ("Training of LoRA in the Trainer class: we forgot zero_grad on the optimizer after each step"),
        {},
        "gradients-not-cleared",
    ),
    "keras 6075": (
        (
            "A CNN with ~97 % accuracy predicts classes that do not correspond to datagen.class_indices: images "
            "of class0 always give index 3"
        ),
        {},
        "label-order",
    ),
    "sniper0110/IntroductionToTensorflow2 1": (
        ("The predictor regards class 2 as class 12; I use ImageDataGenerator and flow_from_directory with 43 classes"),
        {},
        "label-order",
    ),
    "cpmpercussion/keras-mdn-layer 42": (
        ("Why may the mdn loss be negative? The PDF is between 0 and 1, so its negative log is positive"),
        {},
        "nothing-wrong",
    ),
    "fabiotosi92/SMD-Nets 5": (
        (
            "def laplacian(mu, b, labels):\n"
            "    return 0.5 * torch.exp(-(torch.abs(mu-labels)/b))/b\n"
            "The bimodal loss -log(w0 * d0 + w1 * d1) is negative in training. Is it normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "Po-Hsun-Su/pytorch-ssim 31": (
        ("pytorch_ssim.SSIM() comes out with negative values, what is wrong with the code?"),
        {},
        "nothing-wrong",
    ),
    "Suanmd/TR-MISR 4": (
        ("Super-resolution by TR-MISR with a loss by cPSNR: the loss appears in negative, is that normal?"),
        {},
        "nothing-wrong",
    ),
    "xiaolai-sqlai/mobilenetv3 22": (
        ("My training loss is normal, but the validation loss is nan"),
        {},
        "all-ignored",
    ),
    "zylo117/Yet-Another-EfficientDet-Pytorch 357": (
        ("Training from scratch with SGD: Val. Epoch: 0/500. Classification loss: nan. Regression loss: nan. Total loss: nan"),
        {},
        "diverging",
    ),
    "Shirhe-Lyh/finetune_classification 2": (
        ("换成自己的数据, 30万张, 9类, loss震荡, 请问可能是什么原因?"),
        {},
        "diverging",
    ),
    "miraiaroha/ACAN 5": (
        ("When I train with your data set, the loss is Nan or 0"),
        {},
        "diverging",
    ),
    "PENGLU-WashU/IMC_Denoise 11": (
        ("The demo training data generate NaN for the loss, train_initial_lr = 1"),
        {},
        "diverging",
    ),
    "wizyoung/YOLOv3_TensorFlow 34": (
        ("训练4类, 前期很正常, loss都下降, 但是不知何时loss就变NaN了"),
        {},
        "diverging",
    ),
    "amdegroot/ssd.pytorch 300": (
        (
            "own data set, learning rate 1e-5\n"
            " iter 310 || Loss: nan || timer: 0.1921 sec.\n"
            "iter 320 || Loss: nan || timer: 0.2041 sec.\n"
            "iter 330 || Loss: nan || timer: 0.2006 sec.\n"
            "iter 340 || Loss: nan || timer: 0.2043 sec."
        ),
        {},
        "diverging",
    ),
    "facebookresearch/Detectron 182": (
        ("The loss is NaN while training on both VOC and a custom dataset"),
        {},
        "diverging",
    ),
    "gurkirt/FPN.pytorch1.0 7": (
        ("Why do I train my dataset with a loss of NaN at each iteration?"),
        {},
        "diverging",
    ),
    "orhir/STG-NF 13": (
        ("Training on my custom data with only normal data (unsupervised), the loss becomes negative. Is it a problem?"),
        {},
        "nothing-wrong",
    ),
    "marco-rudolph/differnet 40": (
        ("Why is the loss function of DifferNet calculated negative in the training process"),
        {},
        "nothing-wrong",
    ),
    "chainer 5440": (
        ("gaussian_nll(x, mean, ln_var) of the variational autoencoder returns variable(-1.009222); a bug?"),
        {},
        "nothing-wrong",
    ),
    "roytseng-tw/Detectron.pytorch 29": (
        ("My own script with hardcoded variables: after the first step loss_rcnn_bbox is nan"),
        {},
        "diverging",
    ),
    "twangnh/Distilling-Object-Detectors 4": (
        (
            "[session 1][epoch  1][iter 21000/23080] loss: nan, loss_sup: 8.9603, lr: 3.00e-03\n"
            "                        fg/bg=(256/0), time cost: 19.056542\n"
            "                        rpn_cls: nan, rpn_box: nan, rcnn_cls: nan, rcnn_box nan\n"
            "[session 1][epoch  1][iter 21100/23080] loss: nan, loss_sup: 8.9857, lr: 3.00e-03\n"
            "                        rpn_cls: nan, rpn_box: nan, rcnn_cls: nan, rcnn_box nan\n"
            "why the loss is nan?"
        ),
        {},
        "diverging",
    ),
    "shinya7y/UniverseNet 14": (
        (
            "Images without objects, filter_empty_gt=False: the loss is nan; reducing the learning rate and a "
            "longer warm-up do not help"
        ),
        {},
        "all-ignored",
    ),
    "abhi1kumar/DEVIANT 2": (
        ("nan loss after 5 epochs on a custom dataset, some images have no objects"),
        {},
        "all-ignored",
    ),
    "yizt/keras-faster-rcnn 15": (
        ("有些图片裁剪后没有object, rcnn_class_loss为nan, 是因为没有object的问题吗?"),
        {},
        "all-ignored",
    ),
    "WeiTang114/MVCNN-TensorFlow 8": (
        ("Model diverged with loss = NaN on 12 views of my own, labels converted from the MATLAB code, 1 to 40"),
        {},
        "off-by-one-index",
    ),
    "longjon/caffe 3": (
        ("FCN-Alexnet: the same loss of 3.04452 with different datasets, 12,000 iterations without change. 21 classes"),
        {},
        "no-signal",
    ),
    "tangyuhao/GOTURN-Tensorflow 23": (
        ("After training on ALOV300 the network outputs almost the same bounding box (the mean value) for whatever input"),
        {},
        "base-rate",
    ),
    "NVIDIA/tacotron2 112": (
        (
            "fp16_run=True: the attempted loss scale decays to 1 and FP16_Optimizer still detects overflow\n"
            "OVERFLOW! Skipping step. Attempted loss scale: 4294967296\n"
            "OVERFLOW! Skipping step. Attempted loss scale: 2147483648.0\n"
            "Train loss 15 47.531357 Grad Norm 11.616506 2.96s/it\n"
            "Train loss 16 35.477085 Grad Norm 19.570642 2.86s/it"
        ),
        {},
        "precision",
    ),
    "deepspeedai/DeepSpeed 697": (
        (
            "The model does not learn with fp16.enabled = true: [Rank 0] Overflow detected. Skipping step. "
            "Attempted loss scale: 1, reducing to 1"
        ),
        {},
        "precision",
    ),
    "Deci-AI/super-gradients 1713": (
        ("There is no division of the loss by the number of accumulation steps before backward in the Trainer; is it a bug?"),
        {},
        "accumulation",
    ),
    "facebookresearch/fairseq 5256": (
        (
            "People divide the loss of a batch by the number of cumulative steps when gradients accumulate. I "
            "cannot find this in Fairseq"
        ),
        {},
        "accumulation",
    ),
    "mdiephuis/SimCLR 13": (
        (
            "NT-Xent with batch size 256 and accumulation step 1 against batch size 64 and accumulation step 4: "
            "the loss values are not similar"
        ),
        {},
        "nothing-wrong",
    ),
    "xuehy/pytorch-maddpg 10": (
        ("I get negative losses for the actors of MADDPG. Is this normal? How should I interpret it?"),
        {},
        "nothing-wrong",
    ),
    "Linear95/SPAG 15": (
        ("Is the ppo loss always negative when the advantage is positive?"),
        {},
        "nothing-wrong",
    ),
    "toshikwa/sac-discrete.pytorch 12": (
        ("SAC-discrete on Cart-Pole: q1_loss and q2_loss keep increasing while it seems to work fine. Expected?"),
        {},
        "nothing-wrong",
    ),
    "adambielski/siamese-triplet 18": (
        ("With the siamese loss the derivatives suddenly are nan in some iteration"),
        {},
        "nan-in-gradient",
    ),
    "keras 9269": (
        ("mnist_siamese: why K.epsilon() in euclidean_distance? Without it I get nan, but a sum of squares is always positive"),
        {},
        "nan-in-gradient",
    ),
    "open-mmlab/mmrotate 205": (
        ("Gaussian distance losses: the grad is nan, y = sqrt(x) near x == 0"),
        {},
        "nan-in-gradient",
    ),
    "wkentaro/fcn 88": (
        ("The loss value is too high, 1e5; the segmentation results are ok, my images are 500×500"),
        {},
        "sum-not-mean",
    ),
    "tensorflow/recommenders 561": (
        (
            "The loss is much lower on several GPUs (MirroredStrategy) than on one\n"
            "10/10 [==============================] - 6s 316ms/step - "
            "factorized_top_k/top_1_categorical_accuracy: 7.5000e-05 - "
            "factorized_top_k/top_5_categorical_accuracy: 0.0015 - loss: 69885.1094 - regularization_loss: "
            "0.0000e+00 - total_loss: 69885.1094"
        ),
        {},
        "sum-not-mean",
    ),
    "keras 16285": (
        ("With MirroredStrategy on x GPUs the loss is 1/x\nloss = tf.reduce_sum(loss) * (1. / self.BATCH_SIZE)"),
        {},
        "sum-not-mean",
    ),
    "OpenBMB/MiniCPM-V 212": (
        (
            "lora微调grad_norm为nan, 在第一步后loss也变为0\n"
            "{'loss': 1.0778, 'grad_norm': nan, 'learning_rate': 0.0, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 1.313247675185968e-07, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 2.0814483193289963e-07, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 2.626495350371936e-07, 'epoch': 0.0}"
        ),
        {},
        "nan-in-gradient",
    ),
    "2U1/Qwen-VL-Series-Finetune 10": (
        (
            "qwen2-vl-7b lora sft; grad_norm: nan; why? learning rate 1e-5\n"
            "{'loss': 1.0446, 'grad_norm': nan, 'learning_rate': 1.4925373134328357e-08, 'epoch': 0.0}\n"
            "{'loss': 0.0, 'grad_norm': nan, 'learning_rate': 2.9850746268656714e-08, 'epoch': 0.01}"
        ),
        {},
        "nan-in-gradient",
    ),
    "hiyouga/LlamaFactory 2916": (
        (
            "llama2 lora, grad_norm总是nan, loss=0\n"
            "--learning_rate 5e-05 --per_device_train_batch_size 2 --gradient_accumulation_steps 8 "
            "--max_grad_norm 1.0 --fp16 True"
        ),
        {},
        "precision",
    ),
    "yueliu1999/Dink-Net 6": (
        ("For Cora and CiteSeer the loss of Dink-Net is negative when it reaches 200 epochs. Is it an issue?"),
        {},
        "nothing-wrong",
    ),
    "kaituoxu/Conv-TasNet 42": (
        ("The loss function is usually positive, why is it negative here (Conv-TasNet, si_snr)?"),
        {},
        "nothing-wrong",
    ),
    "Chnja/SRCNet 2": (
        ("Change detection on LEVIR-CD with SRCNet: the loss is a negative value. Why?"),
        {},
        "nothing-wrong",
    ),
    "megvii-research/NAFNet 19": (
        ("NAFNet训练loss为负数? psnr loss"),
        {},
        "nothing-wrong",
    ),
    "bojone/flow 2": (
        (
            "在nice.py的encoder.compile(loss=lambda y_true,y_pred: K.sum(0.5 * y_pred**2, 1)中y_pred有平方, "
            "loss应该恒为正数, 为什么几轮迭代后loss会变成负数?"
        ),
        {},
        "nothing-wrong",
    ),
    "deepspeedai/DeepSpeedExamples 501": (
        ("step2 critic: -log(sigmoid(c_truncated_reward - r_truncated_reward)) gives an infinite loss"),
        {},
        "probability-exactly-one",
    ),
    "slryou41/AnchorLoss 2": (
        ("I implement the anchor loss in tensorflow by log of the sigmoid; did you have a NaN loss in training?"),
        {},
        "probability-exactly-one",
    ),
    "aymericdamien/TensorFlow-Examples 383": (
        (
            "cost = tf.reduce_mean(-tf.reduce_sum(y*tf.log(pred), reduction_indices=1))\n"
            "With my own data set the loss becomes NAN after some iterations"
        ),
        {},
        "probability-exactly-one",
    ),
    "maudzung/RTM3D 4": (
        ("Loss nan: the heat map goes through a sigmoid and then a log for the focal loss"),
        {},
        "probability-exactly-one",
    ),
    "tensorflow 950": (
        ("sigmoid_cross_entropy_with_logits: 'ReLU input is not finite' after a while of training"),
        {},
        "diverging",
    ),
    "gaoyixu/CAIL2020-Argument-Mining 2": (
        ("训练过程中loss值并没有下降, 而是在0.6-0.7之间波动"),
        {},
        "no-signal",
    ),
    "YipengHu/label-reg 7": (
        ("The loss of the example data is sometimes bigger than the last time; it does not go down in each iteration"),
        {},
        "nothing-wrong",
    ),
}
