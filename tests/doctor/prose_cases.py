"""More public cases, most of them told in words: thread -> what was told, facts, and its cause. See cases."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "kongyanye/cwgan-gp 1": (
        (
            "Conditional WGAN-GP in Keras: I get a negative D_loss. I expected that it converges to a positive "
            "value close to 0; do negative values matter?"
        ),
        {},
        "nothing-wrong",
    ),
    "jinxixiang/magic_animate_unofficial 6": (
        (
            "When the precision of the model is FP16 the loss becomes NaN after optimizer.step. FP32 fixes the "
            "problem, but then the V100 runs out of memory"
        ),
        {},
        "precision",
    ),
    "datascience.stackexchange 28481": (
        (
            "CNN for binary classification with binary cross entropy, batch size 128, SGD with a learning rate "
            "of 0.01. Accuracy reached 0.99 and the loss was below 0.3, but a few epochs later the model "
            "converges to loss 0.6 and accuracy 0.5, and it always predicts 0.5"
        ),
        {},
        "diverging",
    ),
    "williamFalcon/pytorch-lightning-vae 3": (
        ("I train the VAE on my own dataset, and the value of the loss became negative"),
        {},
        "nothing-wrong",
    ),
    "SeldonIO/alibi-detect 316": (
        (
            "Training a VAE outlier detector with the elbo loss: the loss becomes very negative, -2000 for "
            "example, and goes on falling with more epochs. I thought that it is always positive and bounded by "
            "0. Is the KL term wrong?"
        ),
        {},
        "nothing-wrong",
    ),
    "y0ast/Variational-Autoencoder 6": (
        (
            "Why are the results negative?\n"
            "Epoch 1 finished. LB: -193.587364299, time: 23.8\n"
            "Epoch 2 finished. LB: -143.980627603, time: 22.0\n"
            "Epoch 3 finished. LB: -131.137932297, time: 23.4\n"
            "Epoch 4 finished. LB: -124.642257157, time: 23.8\n"
            "Epoch 5 finished. LB: -121.252833853, time: 23.6"
        ),
        {},
        "nothing-wrong",
    ),
    "mlpack 3601": (
        (
            "VAE of mlpack: the loss is negative in training and in evaluation. This happens when our input is "
            "not in the 0 to 1 range. Is this expected?"
        ),
        {},
        "target-outside",
    ),
    "weka511/hpa-scc 38": (
        (
            "UserWarning: Using a target size (torch.Size([8, 18])) that is different to the input size "
            "(torch.Size([1, 18])). This will likely lead to incorrect results due to broadcasting.\n"
            "  return F.mse_loss(input, target, reduction=self.reduction)\n"
            "1, 55,  0, 0.05180250108242035\n"
            "1, 55,  10, 0.05175648480653763\n"
            "1, 55,  20, 0.051616476476192476"
        ),
        {},
        "broadcast",
    ),
    "tracel-ai/burn 2371": (
        (
            "In the regression example MseLoss gives another number than I compute by hand. The output of the "
            "layer is [2, 1] and targets.unsqueeze() is [1, 2]"
        ),
        {},
        "broadcast",
    ),
    "keras 3559": (
        (
            "I see a higher val_loss with a higher accuracy:\n"
            "epoch 55 val_loss: 1.3 accuracy: 85%\n"
            "epoch 56 val_loss: 1.4 accuracy: 86%"
        ),
        {},
        "overconfident",
    ),
    "tensorflow 39831": (
        (
            "MNIST: validation sparse_categorical_accuracy and validation SparseCategoricalCrossentropy are both "
            "increasing together, while the training loss goes down and training accuracy up"
        ),
        {},
        "overconfident",
    ),
    "PRBonn/lidar-bonnetal 64": (
        (
            "Both val_loss and val_acc are increasing, while train_loss is reducing and train_acc is increasing "
            "as expected. What could be the reason?"
        ),
        {},
        "overconfident",
    ),
    "keras 161": (
        (
            "RGB images: the train loss is decreasing and the accuracy increasing, but the validation loss "
            "decreases at first and then it increases. What is the reason?"
        ),
        {},
        "overconfident",
    ),
    "keras-cv 845": (
        ("RetinaNet: NaN when a batch is passed whose boxes are all -1"),
        {},
        "all-ignored",
    ),
    "rstudio/keras3 465": (
        (
            "sparse_categorical_crossentropy in R, iris with 3 classes and 3 output nodes\n"
            "InvalidArgumentError: Received a label value of 3 which is outside the valid range of [0, 3).  "
            "Label values: 2 2 3 1 1 2 3 3"
        ),
        {},
        "off-by-one-index",
    ),
    "yyccR/yolov5_in_tf2_keras 5": (
        ("sparse_categorical_crossentropy训练时有的数据会出现nan，输入都正常，没有nan。换成binary_crossentropy就好了"),
        {},
        "off-by-one-index",
    ),
    "tensorflow 8484": (
        (
            "sparse_softmax_cross_entropy_with_logits gives a loss of NaN on the GPU when a label is not inside "
            "the number of classes: classes = 5, ys = np.random.randint(classes + 1, size=100)"
        ),
        {},
        "off-by-one-index",
    ),
    "shekkizh/FCN.tensorflow 17": (
        (
            "My dataset has two classes, so I set NUM_CLASSES to 2, and the loss is NaN. With 3 or 151 and the "
            "same dataset it works. Lower learning rates of 1e-7 and 1e-8 did not help"
        ),
        {},
        "off-by-one-index",
    ),
    "matterport/Mask_RCNN 1726": (
        (
            "When I restart training after loading the last weights with model.find_last(), my losses jump up. I "
            "stopped at epoch 30"
        ),
        {},
        "restart-spikes",
    ),
    "Benzoin96485/Enerzyme 42": (
        (
            "Loading a checkpoint of a trained model and continuing results in a much higher training loss than "
            "in the last epoch of the last training"
        ),
        {},
        "restart-spikes",
    ),
    "mmalekzadeh/dana 1": (
        (
            "The last layer is Dense(out_shape, activation='softmax') and the loss is "
            "CategoricalCrossentropy(from_logits=True). Is this a bug?"
        ),
        {},
        "probabilities-as-logits",
    ),
    "exelban/tensorflow-cifar-10 6": (
        (
            "The last layer is tf.layers.dense(units=10, activation=tf.nn.softmax) and its output goes into "
            "softmax_cross_entropy_with_logits_v2"
        ),
        {},
        "softmax-twice",
    ),
    "tensorflow/docs 2102": (
        (
            "Text classification with 4 classes, Dense(4) at the end without softmax and "
            "SparseCategoricalCrossentropy: the accuracy is around 0.3, hardly above guessing"
        ),
        {},
        "logits-as-probabilities",
    ),
    "intel/ipex-llm 2079": (
        (
            "When sizeAverage is false the loss should be the sum over the whole batch; ours is larger than in "
            "other frameworks by a factor of the number of executors"
        ),
        {},
        "sum-not-mean",
    ),
    "ljw-struggle/Bioinfor-DeepATT 1": (
        (
            "Labels are mostly 0. The accuracy stays around 0.98 throughout training, and in the end nearly all "
            "predictions on the test set are 0"
        ),
        {},
        "base-rate",
    ),
    "emadeldeen24/AttnSleep 18": (
        (
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
            "The model predicts class 2 for all inputs"
        ),
        {},
        "base-rate",
    ),
    "DLR-RM/stable-baselines3 661": (
        ("I train an A2C agent; entropy_loss = -0.682, policy_loss = -0.123. Is that correct?"),
        {},
        "nothing-wrong",
    ),
    "hiyouga/LlamaFactory 1538": (
        ("PPO训练的时候loss为负数，正常吗"),
        {},
        "nothing-wrong",
    ),
    "tensorforce 567": (
        ("When I train a PPOAgent with adam and learning_rate 0.0001, the loss is always negative, which should not happen"),
        {},
        "nothing-wrong",
    ),
    "DLR-RM/stable-baselines3 1943": (
        (
            "The policy_gradient_loss of PPO converges to 0. I expected that it goes ever more negative, as only "
            "good actions are chosen"
        ),
        {},
        "nothing-wrong",
    ),
    "huggingface/transformers 35204": (
        ("transformers v4.46.3: the logged loss does not divide by gradient accumulation steps, so it is bigger than expected"),
        {},
        "accumulation",
    ),
    "allenai/allennlp 4706": (
        (
            "With num_gradient_accumulation_steps > 1 the reported batch_loss is that of the last batch of the "
            "group divided by the number of batches"
        ),
        {},
        "accumulation",
    ),
    "huggingface/transformers 37766": (
        ("As gradient_accumulation_steps increases, the loss also increases; my model does not accept loss_kwargs"),
        {},
        "accumulation",
    ),
    "mateuszbuda/brain-segmentation-pytorch 36": (
        (
            "I see negative loss values and a Dice coefficient of 0\n"
            "loss for step: 622 = [-0.9068316221237183]\n"
            "loss for step: 623 = [-0.9329317808151245]\n"
            "loss for step: 624 = [-0.9376015663146973]\n"
            "Best validation mean DSC: 0.000000"
        ),
        {},
        "target-outside",
    ),
    "k2-fsa/icefall 135": (
        (
            "I get an inf ctc loss. The batch that makes it inf has very short data: the minimum number of "
            "frames before subsampling is 11"
        ),
        {},
        "input-too-short",
    ),
    "k2-fsa/icefall 580": (
        ("ctc_loss=0, att_loss=nan, loss=nan in conformer_ctc/train.py"),
        {},
        "input-too-short",
    ),
    "unslothai/unsloth 911": (
        (
            "Fine-tuning tiny llama on a T4 with FP16: with packing the loss is okay, without it grad_norm goes "
            "to nan and the model does not learn. The same script runs fine on an RTX 4090 in bf16"
        ),
        {},
        "precision",
    ),
    "SciML/ModelingToolkitNeuralNets.jl 6": (
        (
            "The gradient is always NaN, the loss is not: sum(sqrt.(abs2.(get_vars(sol, 1) .- get_refs(ref, "
            "1)))), ForwardDiff gives Dual(0.0, NaN)"
        ),
        {},
        "nan-in-gradient",
    ),
    "IDEA-Research/DAB-DETR 58": (
        ("It seems that optimizer.zero_grad() is forgotten in engine.py. Or did I miss something?"),
        {},
        "gradients-not-cleared",
    ),
    "joaopauloschuler/neural-api 35": (
        (
            "A small network of fully connected ReLU layers, the last one too. All inputs are 0, the expected "
            "outputs 0.1, 0.25 and 0.5. I expect that it learns the biases; it does not, the output is always 0"
        ),
        {},
        "dead-units",
    ),
    "pytorch 10033": (
        ("torch.nn.functional.nll_loss of [[0.9, 0.1]] with target [0] prints tensor(-0.9000)"),
        {},
        "log-missing",
    ),
    "MokkeMeguru/glow-realnvp-tutorial 7": (
        (
            "Glow/RealNVP: the TFP documentation says that log_prob returns the log likelihood, so I do not "
            "understand how the negative loss in training came up"
        ),
        {},
        "nothing-wrong",
    ),
    "dotnet/machinelearning 3773": (
        ("ML.NET multiclass: the metrics are incorrect when the order of the labels does not correspond to their indices"),
        {},
        "label-order",
    ),
    "shaoanlu/faceswap-GAN 43": (
        (
            "GAN, batchsize 16, 45000 iterations: the generator losses loss_GA and loss_GB cannot be lowered "
            "below 0.26. Is it the lack of diversity in my data?"
        ),
        {},
        "nothing-wrong",
    ),
    "pytorch 130342": (
        ("torch.nn.CrossEntropyLoss with label_smoothing 0.1 and 1000 classes does not reach zero at its minimum"),
        {},
        "smoothing-floor",
    ),
    "luckycallor/InsightFace-tensorflow 23": (
        (
            "Arc loss on my own dataset: the loss drops from around 57 to around 20 and then stops, and the "
            "training accuracy stays at 0.0. Batch size 448"
        ),
        {},
        "margin-softmax",
    ),
    "heshuting555/AICITY2020_DMT_VehicleReID 3": (
        (
            "I try the arcface loss: the loss is about twice as high at the beginning and acc is 0 for a long "
            "time. Is it normal?"
        ),
        {},
        "margin-softmax",
    ),
    "NVIDIA/pix2pixHD 9": (
        (
            "With --no_lsgan a CUDA assertion comes up, negative values get into nn.BCELoss()\n"
            "BCECriterion.cu:30: Assertion `input >= 0. && input <= 1.` failed."
        ),
        {},
        "logits-as-probabilities",
    ),
    "pytorch 123339": (
        ("BCEWithLogitsLoss()(torch.FloatTensor([.5]), torch.FloatTensor([2])) gives tensor(-0.0259), BCELoss raises an error"),
        {},
        "target-outside",
    ),
    "ultralytics/yolov5 4923": (
        (
            "YOLOv5 pretrained, 1000 images: the obj_loss of training is more than the obj_loss of validation. I "
            "think it should be the other way around"
        ),
        {},
        "train-above-validation",
    ),
    "espnet 3233": (
        (
            "CSJ, 25 epochs: the accuracy of validation is higher than that of training, and CTC loss and "
            "attention loss of validation are smaller than those of training. How do I interpret this?"
        ),
        {},
        "train-above-validation",
    ),
    "matterport/Mask_RCNN 766": (
        (
            "Validation losses increase while training losses decrease. My dataset only contains one label; "
            "heads, LR 0.001, resnet50"
        ),
        {},
        "overconfident",
    ),
    "chiphuyen/stanford-tensorflow-tutorials 54": (
        (
            "I added a quadratic term to the linear regression. The loss and the parameters become very large, "
            "so that the final output is nan"
        ),
        {},
        "diverging",
    ),
    "rstudio-conf-2020/dl-keras-tf 9": (
        (
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
            "- val_mae: nan"
        ),
        {},
        "diverging",
    ),
    "tensorflow 3148": (
        ("The linear regression demo works with x_data = np.random.rand(100), but with np.arange(100) w and b become nan"),
        {},
        "diverging",
    ),
    "blackportal-ai/delta 248": (
        (
            "LinearRegression on California housing, features not normalised, learning rate 0.00001\n"
            "Epoch 0: Loss = 55788267509.04506\n"
            "Epoch 1: Loss = 1.9e21\n"
            "Epoch 2: Loss = 7.4e32\n"
            "Epoch 3: Loss = 2.6e44\n"
            "Epoch 4: Loss = 9.1e55\n"
            "Epoch 5: Loss = inf\n"
            "Epoch 6: Loss = NaN"
        ),
        {},
        "diverging",
    ),
    "forums.fast.ai 1441": (
        (
            "My network outputs a very confident 1.0 when the target is 0, and -log(1-guess) is then -log(0) = "
            "inf. This happens 40% of the time"
        ),
        {},
        "probability-exactly-one",
    ),
    "peteanderson80/Up-Down-Captioner 2": (
        (
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
            "1746.73 loss)"
        ),
        {},
        "saturated",
    ),
    "liupei101/TFDeepSurv 15": (
        ("The loss diverges to NaN. loss_breslow is divided by Obs, the count of events in a batch, which is likely to be 0"),
        {},
        "all-ignored",
    ),
    "richardaecn/class-balanced-loss 16": (
        (
            "The focal loss is sometimes nan. It is normalised by the positive samples in the batch; my data is "
            "very unbalanced and some batches have only negative samples"
        ),
        {},
        "all-ignored",
    ),
    "JJBOY/BMN-Boundary-Matching-Network 23": (
        ("With a batch size of 1 the pem loss is sometimes nan. Why?"),
        {},
        "all-ignored",
    ),
    "PatrickHua/SimSiam 50": (
        ("I pretrain SimSiam on mscoco and the loss collapses to -1 very quickly. What are the possible reasons?"),
        {},
        "embeddings-collapsed",
    ),
    "tflearn 253": (
        (
            "3-layer CNN in TFLearn: it gets stuck at a loss of 0.69315 even after 17 iterations, while the same "
            "model in Keras goes down to 0.07. TensorBoard strangely jumps to 100% accuracy at once"
        ),
        {},
        "no-signal",
    ),
    "chasingbob/squeezenet-keras 3": (
        ("The loss during training is not reducing: it is constant around 0.69 and accuracy around 0.5"),
        {},
        "no-signal",
    ),
    "AberHu/Knowledge-Distillation-Zoo 12": (
        (
            "F.kl_div(F.log_softmax(out_s/T), F.softmax(out_t/T)): when I replace log_softmax of the student by "
            "softmax the KD output is negative. Why?"
        ),
        {},
        "log-missing",
    ),
    "microsoft/ProDA 43": (
        (
            "student = F.softmax(out, dim=1); loss_kd = F.kl_div(student, teacher, reduction='none'). The "
            "student did not calculate log_softmax. Is this a mistake?"
        ),
        {},
        "log-missing",
    ),
    "pytorch 60928": (
        (
            "nn.KLDivLoss gives tensor(-0.0648), a negative value; output = [0.1132, 0.5477, 0.3390], target = "
            "[0.1541, 0.0511, 0.0947], loss(output.log(), target)"
        ),
        {},
        "target-not-normalised",
    ),
    "pytorch 40560": (
        (
            "CrossEntropyLoss with weights [1, 2, 3, 4, 5]: reduction 'mean' produces another loss than 'none' "
            "and computing the mean manually"
        ),
        {},
        "weighted-mean",
    ),
    "keras 9097": (
        (
            "Siamese network with K.sqrt(K.sum(K.square(x - y), axis=1)): nan loss when the two inputs are the "
            "same. With 0.01 added it works"
        ),
        {},
        "nan-in-gradient",
    ),
    "sounakdey/SigNet 1": (
        (
            "Siamese network for signatures: every time at the end of the first epoch the loss value changes to "
            "NaN. I changed epsilon from 1e-07 to 1e-05"
        ),
        {},
        "nan-in-gradient",
    ),
    "tensorflow 30199": (
        ("Triplet loss: I sometimes generate positives that are equal to the anchor, and the whole gradient becomes NaN"),
        {},
        "nan-in-gradient",
    ),
    "keras 4541": (
        (
            "Siamese LSTM with contrastive_loss on the euclidean distance, RMSprop(lr=0.00001): after training "
            "the weights are almost all nan, loss and accuracy are still 0.5"
        ),
        {},
        "nan-in-gradient",
    ),
    "huggingface/trl 1191": (
        (
            "DataCollatorForCompletionOnlyLM: my response template contains the pad token, so it never matches "
            "and the whole dataset is set to -100"
        ),
        {},
        "all-ignored",
    ),
    "tenstorrent/tt-metal 10001": (
        ("logsoftmax has an exp(x), which results in nan values of the loss when x is large"),
        {},
        "overflow",
    ),
    "xgboost 2995": (
        (
            "My custom_loss: labels = dtrain.get_label(); grad = preds - labels; hess = preds * (1.0 - preds). "
            "The result is poor and not the same as with binary:logistic"
        ),
        {},
        "logits-as-probabilities",
    ),
    "e-com-net 1832703930564440064": (
        (
            "loss是正常数值，loss.backward()之后linear层的权重变为nan。set_detect_anomaly报错: Function 'ExpBackward' returned "
            "nan values in its 0th output"
        ),
        {},
        "nan-in-gradient",
    ),
    "ctargon/AdvGAN-tf 2": (
        ("Why do loss_D and loss_G_fake remain unchanged when I run advGAN?\nloss_D: 0.500, loss_G_fake: 0.250"),
        {},
        "no-signal",
    ),
    "llSourcell/linear_regression_live 4": (
        (
            "Linear regression example of the TensorFlow docs with x_train = [32,53,61,47,59] and y_train = "
            "[31,68,62,71,87]: it always prints\n"
            "W: [ nan] b: [ nan] loss: nan"
        ),
        {},
        "diverging",
    ),
    "dmlc/cxxnet 120": (
        (
            "Regression with the l2_loss layer on wine quality: the rmse is nan, the predictions are -nan. With "
            "softmax as the last layer the numbers are normal"
        ),
        {},
        "diverging",
    ),
    "NVIDIA/caffe 568": (
        (
            "SoftmaxLoss for face recognition with num_output of 800k: the probability of each category becomes "
            "1.0/800k and never changes"
        ),
        {},
        "no-signal",
    ),
    "freelw/cpp-transformer 35": (
        ("lm loss can not decrease when memory is large\nepoch 0 :  [16/38]loss : 8.43448\nepoch 1 :  [16/38]loss : 8.43417"),
        {},
        "no-signal",
    ),
    "ikostrikov/pytorch-a3c 30": (
        (
            "Why is the policy loss negative? policy_loss = policy_loss - log_probs[i] * gae - 0.01 * "
            "entropies[i]; by the paper I would expect plus"
        ),
        {},
        "nothing-wrong",
    ),
    "openai/spinningup 241": (
        (
            "SAC is said to maximize Q minus log pi, but the code has loss_pi = (alpha * logp_pi - q_pi).mean() "
            "and minimizes it. Is this right?"
        ),
        {},
        "nothing-wrong",
    ),
    "openai/spinningup 436": (
        ("Why is there a minus sign in the loss function of the simplest policy gradient? My formula has none"),
        {},
        "nothing-wrong",
    ),
    "KanishJebaMathewM/Truxify 11885": (
        (
            "The actor loss lacks its negative sign: it should be actor_loss = -q_values.mean(), so the policy "
            "is minimized instead of maximized"
        ),
        {},
        "sign-flipped",
    ),
    "SongweiGe siamese-triplet 18": (
        ("With the siamese loss the derivatives suddenly equal nan in some iteration; some of the distances are 0"),
        {},
        "nan-in-gradient",
    ),
    "hizhangp/triplet 8": (
        (
            "pretrain对530个人进行分类，iteration经过3000多之后loss仍然一直保持在6.25左右徘徊，accuracy不到0.01%。这个趋势正常吗？"
        ),
        {},
        "no-signal",
    ),
    "snf/keras-fractalnet 3": (
        (
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
            "- val_acc: 0.1000"
        ),
        {},
        "no-signal",
    ),
    "yaringal/DropoutUncertaintyCaffeModels 3": (
        (
            "The loss never goes down on CIFAR10\n"
            "I0616 00:24:30 10711 solver.cpp:228] Iteration 55900, loss = 87.3365\n"
            "I0616 00:24:30 10711 solver.cpp:244]     Train net output #0: loss = 87.3365 (* 1 = 87.3365 loss)\n"
            "I0616 00:24:30 10711 sgd_solver.cpp:106] Iteration 55900, lr = 0.00243129\n"
            "I0616 00:26:52 10711 solver.cpp:404]     Test net output #0: accuracy = 0.1\n"
            "I0616 00:26:52 10711 solver.cpp:404]     Test net output #1: loss = 87.3365 (* 1 = 87.3365 loss)\n"
            "I0616 00:26:53 10711 solver.cpp:228] Iteration 56000, loss = 87.3365\n"
            "I0616 00:26:53 10711 solver.cpp:244]     Train net output #0: loss = 87.3365 (* 1 = 87.3365 loss)\n"
            "I0616 00:26:53 10711 sgd_solver.cpp:106] Iteration 56000, lr = 0.00242852"
        ),
        {},
        "saturated",
    ),
    "razorx89/caffe-wrn-generator 1": (
        (
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
            "87.3365 loss)"
        ),
        {},
        "saturated",
    ),
    "ZhichengHuang/CMAE 16": (
        (
            "The contrastive loss decreases during warmup but starts to increase gradually after the warmup "
            "period ends. Is this expected behaviour?"
        ),
        {},
        "nothing-wrong",
    ),
    "KaiyangZhou/deep-person-reid 240": (
        ("The triplet loss is always equal to the margin; resnet50, amsgrad, lr 0.0015, batch_size 128"),
        {},
        "embeddings-collapsed",
    ),
    "Cysu/open-reid 24": (
        (
            "Triplet loss on market1501 with adam: I only get 2.6% top1, and in the end the difference of "
            "hard-negative and hard-positive distances goes almost to zero"
        ),
        {},
        "embeddings-collapsed",
    ),
    "karpathy/pytorch-normalizing-flows 7": (
        (
            "I apply the default flows model, the prior is N(mean of x, 0.01). The loss goes from 800000 to "
            "-30000 and is still decreasing. How come the loss is negative?"
        ),
        {},
        "nothing-wrong",
    ),
    "vislearn/FrEIA 16": (
        (
            "INN on CIFAR10: with loss = torch.mean(z**2) / 2 - torch.mean(log_det) I get negative errors that "
            "continually decrease with each epoch. Is there something wrong with the code?"
        ),
        {},
        "nothing-wrong",
    ),
    "volflow/DeFlow 4": (
        (
            "Training DeFlow on my own data I sometimes reach the maximum number of NaNs of the NLL (100), and "
            "on some validation images I get NaNs"
        ),
        {},
        "diverging",
    ),
    "PacktPublishing/Hands-On-Deep-Learning-for-Finance 11": (
        (
            "The validation loss is always nan, though the validation data are not null\n"
            "Epoch: 79/100 Iteration: 80 Validation loss:    nan Validation acc: nan"
        ),
        {},
        "all-ignored",
    ),
    "AKASH2907/deepfakes_video_classification 9": (
        (
            "train_triplets_semi_hard.py: the training loss is nan, and the validation loss is a valid value "
            "that decreases with the epochs"
        ),
        {},
        "all-ignored",
    ),
    "ai-safety-foundation/sparse_autoencoder 63": (
        (
            "Should we use mean rather than sum for the batchwise loss reduction? You do not want the loss "
            "magnitude to depend on the batch size"
        ),
        {},
        "sum-not-mean",
    ),
    "XPixelGroup/BasicSR 359": (
        (
            "Why does EDVR use 'sum' as the loss reduction? The magnitude of the loss will change if we change "
            "the batch size or the resolution"
        ),
        {},
        "sum-not-mean",
    ),
    "keras 3752": (
        (
            "With act = 'relu' in all layers the loss and accuracy do not change. With act = 'tanh' loss and acc "
            "are normal. Is there a bug in relu?"
        ),
        {},
        "dead-units",
    ),
    "ultralytics/yolov3 191": (
        (
            "When one class training is performed, the classification loss is always 0, because any N*1 matrix "
            "becomes all ones after the softmax in nn.CrossEntropyLoss(). Does it matter?"
        ),
        {},
        "one-class",
    ),
    "cnulab/RealNet 101": (
        ("我仅使用单类数据集进行训练，训练classifier时loss一直为0，CrossEntropyLoss期望num_classes >= 2"),
        {},
        "one-class",
    ),
    "eriklindernoren/PyTorch-YOLOv3 130": (
        ("Single class detection on my own dataset: the other losses look ordinary and go down, only the cls loss is always 0"),
        {},
        "one-class",
    ),
    "experiencor/keras-yolo2 314": (
        ("When I train on the raccoon dataset the class loss is always zero"),
        {},
        "one-class",
    ),
    "ultralytics/yolov5 1879": (
        ("Why is my validation loss lower than the train loss? How can I fix it?"),
        {},
        "train-above-validation",
    ),
    "pytorch 65329": (
        (
            "With weight not None, F.cross_entropy(input, target, weight=w, reduction='none').mean() is not "
            "equal to F.cross_entropy(input, target, weight=w)"
        ),
        {},
        "weighted-mean",
    ),
    "k2-fsa/icefall 1352": (
        (
            "Zipformer2 with CTC on my own data: inf appears after batch 4000, before that tot_loss[loss=0.5191, "
            "ctc_loss=0.5191]"
        ),
        {},
        "input-too-short",
    ),
    "clue-ai/ChatYuan 58": (
        ("微调过程中开启FP16加速训练，但loss一直为nan"),
        {},
        "precision",
    ),
    "Lightning-Universe/lightning-bolts 177": (
        ("The tensors of the target x of the VAE contain values outside of [0, 1], and the loss is F.binary_cross_entropy"),
        {},
        "target-outside",
    ),
    "SeanNaren/warp-ctc 20": (
        (
            "warp-ctc gives the sum of the costs and not their average over the batch examples, so the loss "
            "depends on the batch size and the length of the samples"
        ),
        {},
        "sum-not-mean",
    ),
    "soumith/imagenet-multiGPU.torch 70": (
        (
            "First time training on imagenet. Is my model learning or is something wrong with my setup?\n"
            "Epoch: [11][1383/10000] Time 0.675 Err 6.9076 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.015\n"
            "Epoch: [11][1384/10000] Time 0.675 Err 6.9091 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.014\n"
            "Epoch: [11][1385/10000] Time 0.672 Err 6.9048 Top1-%: 1.56 LR 1e-02 DataLoadingTime 0.016\n"
            "Epoch: [11][1386/10000] Time 0.678 Err 6.9069 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.014\n"
            "Epoch: [11][1387/10000] Time 0.674 Err 6.9074 Top1-%: 0.00 LR 1e-02 DataLoadingTime 0.016"
        ),
        {},
        "no-signal",
    ),
    "BVLC/caffe 59": (
        (
            "The accuracy of evaluation stays at 0.001 when training imagenet\n"
            "I0127 08:53:57 37204 solver.cpp:210] Iteration 78000, lr = 0.01\n"
            "I0127 08:53:57 37204 solver.cpp:68] Iteration 78000, loss = 6.9063\n"
            "I0127 08:53:57 37204 solver.cpp:90] Testing net\n"
            "I0127 08:56:01 37204 solver.cpp:117] Test score # 0: 0.001\n"
            "I0127 08:56:01 37204 solver.cpp:117] Test score # 1: 6.90977\n"
            "I0127 08:56:33 37204 solver.cpp:210] Iteration 78020, lr = 0.01\n"
            "I0127 08:56:33 37204 solver.cpp:68] Iteration 78020, loss = 6.90727\n"
            "I0127 08:57:05 37204 solver.cpp:210] Iteration 78040, lr = 0.01\n"
            "I0127 08:57:05 37204 solver.cpp:68] Iteration 78040, loss = 6.9073"
        ),
        {},
        "no-signal",
    ),
    "pjreddie/darknet 1400": (
        (
            "Training the imagenet classifier darknet19: after 60,000 steps the loss stays at around 6.9, at the "
            "beginning it was about 7.1\n"
            "40245, 4.021: 6.907692, 6.910023 avg, 0.081346 rate, 0.385639 seconds, 5151360 images\n"
            "40246, 4.021: 6.911774, 6.910198 avg, 0.081345 rate, 0.384818 seconds, 5151488 images\n"
            "40247, 4.021: 6.910047, 6.910182 avg, 0.081345 rate, 0.383268 seconds, 5151616 images\n"
            "40248, 4.021: 6.907973, 6.909962 avg, 0.081344 rate, 0.391094 seconds, 5151744 images"
        ),
        {},
        "no-signal",
    ),
    "BVLC/caffe 401": (
        (
            "Imagenet model: the train loss starts around 7.1, comes close to 6.9 in the first 150 iterations "
            "and then remains there for 40k iterations"
        ),
        {},
        "no-signal",
    ),
    "BVLC/caffe 2085": (
        (
            "Is it normal to have a testing accuracy of 0.001 on ImageNet after two days of training? The "
            "objective did not go down much in 110,000 iterations"
        ),
        {},
        "no-signal",
    ),
    "auroua/InsightFace_TF 76": (
        (
            "InsightFace: why is the training accuracy 0.000000?\n"
            "epoch 0, total_step 300, total loss is 51.74 , inference loss is 37.28, weight deacy loss is 14.46, "
            "training accuracy is 0.000000, time 33.227 samples/sec\n"
            "epoch 0, total_step 320, total loss is 44.49 , inference loss is 30.03, weight deacy loss is 14.46, "
            "training accuracy is 0.000000, time 33.665 samples/sec\n"
            "epoch 0, total_step 340, total loss is 51.21 , inference loss is 36.76, weight deacy loss is 14.46, "
            "training accuracy is 0.000000, time 33.431 samples/sec\n"
            "epoch 0, total_step 360, total loss is 49.44 , inference loss is 34.99, weight deacy loss is 14.45, "
            "training accuracy is 0.000000, time 32.708 samples/sec"
        ),
        {},
        "margin-softmax",
    ),
    "graykode/nlp-tutorial 77": (
        (
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
            "Epoch: 0160 cost = 1.688111"
        ),
        {},
        "diverging",
    ),
    "hszhao/PSPNet 63": (
        (
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
            "loss)"
        ),
        {},
        "saturated",
    ),
    "johnb30/py_crepe 5": (
        (
            "I executed the code for 10 epochs with the default settings, and the accuracy on the test set is "
            "25%: it predicts completely at random"
        ),
        {},
        "no-signal",
    ),
    "guillaumegenthial/sequence_tagging 47": (
        (
            "With lr = 0.001 there is no problem, but with 0.01 or 0.1 the train loss decreases first and then "
            "increases. What is wrong?\n"
            "2018-03-23 15:29:33,355:INFO: train loss:1.10886\n"
            "2018-03-23 15:31:41,870:INFO: train loss:1.53702\n"
            "2018-03-23 15:33:53,753:INFO: train loss:0.866067\n"
            "2018-03-23 15:36:03,349:INFO: train loss:1.32708\n"
            "2018-03-23 15:38:15,538:INFO: train loss:1.20029\n"
            "2018-03-23 15:40:22,720:INFO: train loss:nan\n"
            "2018-03-23 15:42:27,061:INFO: train loss:nan\n"
            "2018-03-23 15:44:38,513:INFO: train loss:nan"
        ),
        {},
        "diverging",
    ),
    "jmiller656/EDSR-Tensorflow 50": (
        ("Why does the value of the loss suddenly increase when training 14,000 times or so? It went from 1.2 to 16 000"),
        {},
        "diverging",
    ),
    "MIC-DKFZ/nnUNet 197": (
        (
            "I changed the max number of epochs from 1000 and started training again with the -c option. The "
            "loss goes up again, it does not follow the trend at epoch 1000. Something related to the learning "
            "rate?"
        ),
        {},
        "restart-spikes",
    ),
    "keras 8680": (
        (
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
            "val_acc: 0.7709"
        ),
        {},
        "train-above-validation",
    ),
    "MIC-DKFZ/nnUNet 1053": (
        (
            "nnU-Net: the losses are negative numbers, my labels are [0, 1, 2, 3, 4]. I know that a U-Net needs "
            "labels normalised to [0, 1], else the loss becomes negative; how is that here?"
        ),
        {},
        "nothing-wrong",
    ),
    "keras 12423": (
        (
            "I define the loss as -log(P(y_true)) with P ~ N(mu, sigma). When I train the model the loss "
            "decreases to a negative value (-1.7), but 0 < P <= 1, so in theory it cannot be negative"
        ),
        {},
        "nothing-wrong",
    ),
    "marco-rudolph/differnet 42": (
        ("Is it normal for the training loss to be less than 0?"),
        {},
        "nothing-wrong",
    ),
    "ultralytics/yolov5 12591": (
        ("I see NaN when training yolov5m on coco, optimizer CAME, batch size 40. I found a hint that it is about amp"),
        {},
        "precision",
    ),
}
