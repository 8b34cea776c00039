"""Public cases of how losses are added up and which way they are followed; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "pytorch 8062": (
        "CrossEntropyLoss with weight=[20, 10]: the losses average to 2000 by hand, and size_average=True gives 133.3333",
        {},
        "weighted-mean",
    ),
    "pytorch 25571": (
        "weights [2, 4, 6] in nn.CrossEntropyLoss: reduction='none' averages to 5.299, reduction='mean' says 1.0598",
        {},
        "weighted-mean",
    ),
    "pytorch 40560": (
        "CrossEntropyLoss with weights [1, 2, 3, 4, 5]: reduction 'mean' produces another loss than 'none' "
        "and computing the mean manually",
        {},
        "weighted-mean",
    ),
    "pytorch 65329": (
        "With weight not None, F.cross_entropy(input, target, weight=w, reduction='none').mean() is not "
        "equal to F.cross_entropy(input, target, weight=w)",
        {},
        "weighted-mean",
    ),
    "pytorch 54843": (
        "F.cross_entropy for 2 classes and F.binary_cross_entropy_with_logits both give 0.5698 without "
        "weights. With weight=[1, 3] the cross entropy gives 0.5471, the binary one with the same weights "
        "0.9118",
        {},
        "weighted-mean",
    ),
    "keras 19740": (
        "keras.losses.MeanAbsoluteError()(y_true=[[1.0], [2.0]], y_pred=[[2.0], [3.0]], "
        "sample_weight=[[0.0], [1.0]]) returns 0.5 and not 1.0; the metric with the same weights returns 1.0",
        {},
        "weighted-mean",
    ),
    "tensorflow 29965": (
        "loss='mean_squared_error' and loss=tf.keras.losses.mean_squared_error differ with sample weights "
        "[1,1,1,1,1,0,0,0,0,0]: 0.5000 and 1.0000",
        {},
        "weighted-mean",
    ),
    "tensorflow 25178": (
        "model.evaluate(x, y, sample_weight=[0.1, 0, 0.1]) with mse: Keras gives 0.2, tf.keras gives 0.13333 or 2.0",
        {},
        "weighted-mean",
    ),
    "keras 13329": (
        "weighted_masked_objective returns K.mean(score_array * weights) where I expect K.sum(score_array * "
        "weights) / K.sum(weights)",
        {},
        "weighted-mean",
    ),
    "keras 1223": (
        "MLP on a highly unbalanced dataset with class_weights as the inverse of the class frequencies: with "
        "the current version the loss of the first epoch is 1.4438, with that of some weeks ago 0.6875",
        {},
        "weighted-mean",
    ),
    "tensorflow 23767": ("If I multiply the sample_weights by 10000 the loss of tf.keras does not change", {}, "weighted-mean"),
    "xgboost 2602": (
        "xgboost custom objective, grad = 2*(labels - preds), hess = 2\n"
        "[0]\ttest-mae:28199.7\n[1]\ttest-mae:56168.2\n[2]\ttest-mae:112110.8\n[3]\ttest-mae:223953.7\n[4]\ttest-mae:447486.6",
        {},
        "sign-flipped",
    ),
    "xgboost 3037": ("xgboost custom objective with x = true - pred, grad = 2x: predictions explode", {}, "sign-flipped"),
    "KanishJebaMathewM/Truxify 11885": (
        "The actor loss lacks its negative sign: it should be actor_loss = -q_values.mean(), so the policy "
        "is minimized instead of maximized",
        {},
        "sign-flipped",
    ),
    "huggingface/trl 2604": (
        "SFT: with gradient accumulation of 4 instead of 1 the loss is larger by the same factor",
        {},
        "accumulation",
    ),
    "huggingface/transformers 527": (
        "training loss is 8 times smaller than it should be, gradient_accumulation_steps=8, it was divided twice",
        {},
        "accumulation",
    ),
    "axolotl 2262": (
        "micro_batch_size=1 with gradient_accumulation_steps=8 starts at a loss of 83.7, micro_batch_size=8 "
        "without accumulation at 10.5",
        {},
        "accumulation",
    ),
    "huggingface/transformers 38837": (
        "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 0.4}\n"
        "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 0.8}\n"
        "{'loss': 0.4992, 'grad_norm': 18.1, 'learning_rate': 0.0, 'epoch': 1.0}\n"
        "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 1.4}\n"
        "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 1.8}\n"
        "{'loss': 0.4992, 'grad_norm': 18.1, 'learning_rate': 0.0, 'epoch': 2.0}",
        {},
        "accumulation",
    ),
    "espnet 5090": (
        "When using gradient accumulation the training loss is divided by the number of accumulation steps before "
        "it is reported, so it cannot be compared with that of validation",
        {},
        "accumulation",
    ),
    "agokrani/distillKitPlus 5": (
        "With gradient accumulation the logged loss is summed over all batches: it jumps from 6 to 26 when going "
        "from 8 to 32 steps",
        {},
        "accumulation",
    ),
    "hirofumi0810/neural_sp 168": (
        "accum_grad loss error: the loss should be divided by accum_grad_n_steps",
        {},
        "accumulation",
    ),
    "huggingface/transformers 35204": (
        "transformers v4.46.3: the logged loss does not divide by gradient accumulation steps, so it is bigger than expected",
        {},
        "accumulation",
    ),
    "allenai/allennlp 4706": (
        "With num_gradient_accumulation_steps > 1 the reported batch_loss is that of the last batch of the "
        "group divided by the number of batches",
        {},
        "accumulation",
    ),
    "huggingface/transformers 37766": (
        "As gradient_accumulation_steps increases, the loss also increases; my model does not accept loss_kwargs",
        {},
        "accumulation",
    ),
    "karpathy/nanoGPT 206": (
        "train.py calls loss.backward() without normalising the loss by the number of gradient accumulation steps",
        {},
        "accumulation",
    ),
    "Modalities 118": (
        "With gradient accumulation the logged loss is that divided by the number of accumulation steps",
        {},
        "accumulation",
    ),
    "Deci-AI/super-gradients 1713": (
        "There is no division of the loss by the number of accumulation steps before backward in the Trainer; is it a bug?",
        {},
        "accumulation",
    ),
    "facebookresearch/fairseq 5256": (
        "People divide the loss of a batch by the number of cumulative steps when gradients accumulate. I "
        "cannot find this in Fairseq",
        {},
        "accumulation",
    ),
    "IBM/aihwkit 446": (
        "Loss error: 1.0298\n"
        "Loss error: 0.8179\n"
        "Loss error: 0.4704\n"
        "Loss error: 0.1962\n"
        "Loss error: 0.0619\n"
        "Loss error: 0.0885\n"
        "Loss error: 0.2776\n"
        "Loss error: 0.5321\n"
        "Loss error: 0.7532\n"
        "Loss error: 0.8696",
        {},
        "gradients-not-cleared",
    ),
    "yastrebksv/TennisCourtDetector 7": ("There is no optimizer.zero_grad() in the trainer", {}, "gradients-not-cleared"),
    "IDEA-Research/DAB-DETR 58": (
        "It seems that optimizer.zero_grad() is forgotten in engine.py. Or did I miss something?",
        {},
        "gradients-not-cleared",
    ),
    "snakers4/silero-vad 699": (
        "tuning/utils.py has no optimizer.zero_grad() before loss.backward()",
        {},
        "gradients-not-cleared",
    ),
    "tenstorrent/tt-blacksmith 711": (
        "Training of LoRA in the Trainer class: we forgot zero_grad on the optimizer after each step",
        {},
        "gradients-not-cleared",
    ),
    "shubham-goel/4D-Humans 85": (
        "The loss is summed over all dimensions and not divided by the batch size. Why?",
        {},
        "sum-not-mean",
    ),
    "intel/ipex-llm 2079": (
        "When sizeAverage is false the loss should be the sum over the whole batch; ours is larger than in "
        "other frameworks by a factor of the number of executors",
        {},
        "sum-not-mean",
    ),
    "ai-safety-foundation/sparse_autoencoder 63": (
        "Should we use mean rather than sum for the batchwise loss reduction? You do not want the loss "
        "magnitude to depend on the batch size",
        {},
        "sum-not-mean",
    ),
    "XPixelGroup/BasicSR 359": (
        "Why does EDVR use 'sum' as the loss reduction? The magnitude of the loss will change if we change "
        "the batch size or the resolution",
        {},
        "sum-not-mean",
    ),
    "SeanNaren/warp-ctc 20": (
        "warp-ctc gives the sum of the costs and not their average over the batch examples, so the loss "
        "depends on the batch size and the length of the samples",
        {},
        "sum-not-mean",
    ),
    "vrenkens/nabu 20": (
        "TIMIT listen-attend-spell, latest code: the loss is too large, with the old code it was not\n"
        "WORKER 0: step 0/520 loss: 235.286392, learning rate: 0.001000.",
        {},
        "sum-not-mean",
    ),
    "mkocabas/focal-loss-keras 18": ("The focal loss is huge, why? For example loss: 38107.2309", {}, "sum-not-mean"),
    "dk-liang/FIDTM 39": (
        "Crowd counting on JHU from scratch with a plain MSE: the loss started at about 10,000 and drops "
        "slowly, should it not lie between 0 and 1?",
        {},
        "sum-not-mean",
    ),
    "kyu-sz/WPAL-network 2": (
        "Loss is above 64.0 when the iteration is 0. Such a big number shocked me, is it normal?",
        {},
        "sum-not-mean",
    ),
    "acids-ircam/creative_ml 6": ("The MSE of the first notebook is defined as a sum instead of a mean", {}, "sum-not-mean"),
    "WongKinYiu/yolov7 1713": (
        "BCEobj uses reduction='mean' but the losses are multiplied by the batch size later. Why the sum of "
        "the batch and not the mean?",
        {},
        "sum-not-mean",
    ),
    "ultralytics 18473": (
        "YOLOv8: the loss is up to 1000+ when I train with 256 images in a batch, other projects have less than 10",
        {},
        "sum-not-mean",
    ),
    "ultralytics/yolov5 481": (
        "Is there a reason for scaling the loss by bs in compute_loss: return loss * bs, torch.cat((lbox, "
        "lobj, lcls, loss)).detach()",
        {},
        "sum-not-mean",
    ),
    "Jackson-Kang/Pytorch-VAE-tutorial 4": (
        "The code works well, but the loss value is more than 100. Is it due to the KL divergence? BCE with reduction='sum'",
        {},
        "sum-not-mean",
    ),
    "keras-cv 1505": (
        "On 2 GPUs: with reduction SUM the loss of the first epoch is about 3, with SUM_OVER_BATCH_SIZE "
        "0.0000052. Is this right?",
        {},
        "sum-not-mean",
    ),
    "pierluigiferrari/ssd_keras 8": (
        "I doubled the batch size in the middle of training and the loss was cut in half with no better "
        "result. Is this accepted behaviour?",
        {},
        "sum-not-mean",
    ),
    "boyuzz/WMCNN-Pytorch 3": ("The training loss is always more than 120, is this normal?", {}, "sum-not-mean"),
    "suanrong/SDNE 21": (
        "My loss is bigger than 500000 with batch=32, and twice that with batch=64. Is that right?",
        {},
        "sum-not-mean",
    ),
    "wkentaro/fcn 88": (
        "The loss value is too high, 1e5; the segmentation results are ok, my images are 500×500",
        {},
        "sum-not-mean",
    ),
    "tensorflow/recommenders 561": (
        "The loss is much lower on several GPUs (MirroredStrategy) than on one\n"
        "10/10 [==============================] - 6s 316ms/step - "
        "factorized_top_k/top_1_categorical_accuracy: 7.5000e-05 - "
        "factorized_top_k/top_5_categorical_accuracy: 0.0015 - loss: 69885.1094 - regularization_loss: "
        "0.0000e+00 - total_loss: 69885.1094",
        {},
        "sum-not-mean",
    ),
    "keras 16285": (
        "With MirroredStrategy on x GPUs the loss is 1/x\nloss = tf.reduce_sum(loss) * (1. / self.BATCH_SIZE)",
        {},
        "sum-not-mean",
    ),
    "weka511/hpa-scc 38": (
        "UserWarning: Using a target size (torch.Size([8, 18])) that is different to the input size "
        "(torch.Size([1, 18])). This will likely lead to incorrect results due to broadcasting.\n"
        "  return F.mse_loss(input, target, reduction=self.reduction)\n"
        "1, 55,  0, 0.05180250108242035\n"
        "1, 55,  10, 0.05175648480653763\n"
        "1, 55,  20, 0.051616476476192476",
        {},
        "broadcast",
    ),
    "tracel-ai/burn 2371": (
        "In the regression example MseLoss gives another number than I compute by hand. The output of the "
        "layer is [2, 1] and targets.unsqueeze() is [1, 2]",
        {},
        "broadcast",
    ),
    "sunwuzhou03/reinforcement-learning-lab 1": (
        "SAC: UserWarning: Using a target size (torch.Size([64, 4])) that is different to the input size "
        "(torch.Size([64, 1])). This will likely lead to incorrect results\n"
        "F.mse_loss(self.critic_1(states, actions), td_target.detach())",
        {},
        "broadcast",
    ),
    "Photon-AI-Research/NeuralSolvers 20": (
        "Physics-informed network, initial condition: loss.py:446: UserWarning: Using a target size "
        "(torch.Size([batch_size])) that is different to the input size (torch.Size([batch_size, 1])). "
        "return F.mse_loss(input, target, reduction=self.reduction)",
        {},
        "broadcast",
    ),
    "pytorch 19699": (
        "a = torch.randn(100,1)\n"
        "b = torch.randn(100)\n"
        "MSELoss of a and b: tensor(2.0373); with b.reshape(-1,1): tensor(1.7123)",
        {},
        "broadcast",
    ),
    "pytorch 16045": (
        "target.shape = [100] and predicted.shape = [100, 1]: linear regression with nn.MSELoss does not "
        "find the right weights and the loss does not decrease near the optimum, no error is raised",
        {},
        "broadcast",
    ),
    "keras 14627": (
        "mse of keras in model.fit differs from "
        "np.square(np.subtract(y_train,model.predict(x_train))).mean() for boston_housing, y_train of shape "
        "(404,)",
        {},
        "broadcast",
    ),
    "pytorch 4938": (
        "F.mse_loss(output.view(2, 1), target.view(2, 1, 1, 1)) returns 1, ((output.view(2, 1) - "
        "target.view(2, 1, 1, 1))**2).mean() returns 1.5",
        {},
        "broadcast",
    ),
    "manzilzaheer/DeepSets 1": (
        "y of (128,) minus y_pred of (128,1) in the MSE; the model approximates the average over all indices",
        {},
        "broadcast",
    ),
    "IntelLabs/matsciml 347": (
        "MSELoss()(y, x) is tensor(0.1454), MSELoss()(y.view(-1, 1), x) is tensor(0.0535)",
        {},
        "broadcast",
    ),
    "BottleCapAI/NoCap-Test 2": (
        (
            "logged train loss about 32x smaller than it should be, 0.34 instead of 10.9, validation loss is "
            "right; grad_accumulation_steps 32"
        ),
        {},
        "accumulation",
    ),
    "transformers 35438": (
        ("num_items_in_batch: with gradient_accumulation_steps=2 the loss is doubled, with 1 it is {'loss': 10.5949}"),
        {},
        "accumulation",
    ),
    "jiaqingxie/DeepProtein 1": (
        ("Using a target size (torch.Size([66])) that is different to the input size (torch.Size([66, 3, 1])), MSE"),
        {},
        "broadcast",
    ),
    "wenet-e2e/wekws 73": (
        ("in training when optimizer.step() is called, optimizer.zero_grad() is not called"),
        {},
        "gradients-not-cleared",
    ),
    "facebookresearch/nwm 16": (
        ("opt.zero_grad() is missing in the mixed precision code path with bfloat16, unintended gradient accumulation"),
        {},
        "gradients-not-cleared",
    ),
    "kyu-sz/WPAL-network 2 as facts": (
        (""),
        {"loss": 63.77, "batch": 92, "kind": "binary cross-entropy"},
        "sum-not-mean",
    ),
    "mathiaszinnen/focal_loss_torch 18": (
        (
            "reduction mean divides by the sum of weights, so weight is useless when all labels of the batch are "
            "one class; expected 0.9 * the unweighted loss"
        ),
        {},
        "weighted-mean",
    ),
    "jinglescode/time-series-forecasting-pytorch 13": (
        ("MSELoss uses 'mean' by default, so epoch_loss += loss.item() / batchsize is wrong"),
        {},
        "sum-not-mean",
    ),
    "mahmoodlab/PathomicFusion 3": (
        (
            "the accumulated training loss is divided by the number of images in the dataset, but the loss of "
            "each batch is already averaged: it should be divided by the number of batches"
        ),
        {},
        "sum-not-mean",
    ),
    "pytorch/tutorials 179": (
        (
            "average loss of the epoch is wrong: criterion has size_average=True, outputs are added up over "
            "batches and divided by the number of samples"
        ),
        {},
        "sum-not-mean",
    ),
    "math.stackexchange logistic regression by hand": (
        ("logistic regression by gradient descent: if I reverse the sign of the gradient update it works"),
        {},
        "sign-flipped",
    ),
    "advanced methods in machine learning HW4": (
        ("when I calculate the gradient with -loss I get increasing results, with +loss decreasing ones"),
        {},
        "sign-flipped",
    ),
    "KevinMusgrave/pytorch-metric-learning 549": (
        (
            "contrastive loss: positive pairs are pushed as far as possible and negative pairs closer, the "
            "opposite of what I want"
        ),
        {},
        "sign-flipped",
    ),
    "stackoverflow mean squared error 1.0": (
        (""),
        {
            "history": [1.21, 1.05, 1.01, 1.0, 1.0, 1.0],
            "predictions": [[0.01], [0.02], [0.0], [0.01], [0.02], [0.01]],
            "targets": [1.2, -0.8, 0.4, -1.1, 1.3, -0.9],
            "kind": "mse",
        },
        "broadcast",
    ),
    "karpathy/nanoGPT 207": (
        "The loss that is printed should be divided by gradient_accumulation_steps; it is not",
        {},
        "accumulation",
    ),
    "fredzzhang/atlas 26": (
        "Normalise the loss by how many accumulation steps there are",
        {},
        "accumulation",
    ),
    "ApolloResearch/e2e_sae 70": (
        "The losses are means, so each has to be divided by the number of gradient accumulation steps. The last change "
        "took that out",
        {},
        "accumulation",
    ),
    "huggingface/trl 3716": (
        "ORPOTrainer with gradient_accumulation_steps > 1: the reported training loss is inflated",
        {},
        "accumulation",
    ),
    "huggingface/transformers 40052": (
        "accumulated gradients: the loss is rescaled by the Trainer and rescaled a second time in Accelerate before backward",
        {},
        "accumulation",
    ),
    "Hsintien-Ng/idinvert_pytorch-reproduced 1": (
        "Is optimizer_D.zero_grad() missing before the backward() of the encoder's training loop, or left out on purpose?",
        {},
        "gradients-not-cleared",
    ),
    "pytorch 47175": (
        "One forgets zero_grad() easily, or calls it once an epoch instead of once an iteration. Could step() warn?",
        {},
        "gradients-not-cleared",
    ),
    "salesforce/corr_based_prediction 1": (
        "In main.py the zero_grad is outside of the training stage, so gradients pile up over all the training data",
        {},
        "gradients-not-cleared",
    ),
    "LoreGoetschalckx/GANalyze 7": (
        "Why is optimizer.zero_grad() not used in the torch code? Does it give better results or is it a mistake?",
        {},
        "gradients-not-cleared",
    ),
    "meta-pytorch/torchforge 71": (
        "The optimizers' grads were not zeroed after each step",
        {},
        "gradients-not-cleared",
    ),
    "andrewgcodes/xlstm 4": (
        "UserWarning: Using a target size (torch.Size([1, 1])) that is different to the input size (torch.Size([10, "
        "1])). This will likely lead to incorrect results due to broadcasting",
        {},
        "broadcast",
    ),
    "jiwei0921/CoNet 3": (
        "smooth_l1_loss: Using a target size (torch.Size([2, 256, 256])) that is different to the input size "
        "(torch.Size([2, 1, 256, 256]))",
        {},
        "broadcast",
    ),
    "pytorch 105739": (
        "torch.mean((x - y)**2) for x of shape (10, 1) and y of shape (10) is not what I get after squeezing x",
        {},
        "broadcast",
    ),
    "tensorflow 37770": (
        "MSE of vectors of the same numbers is another value when one has shape [128] and the other [128, 1]",
        {},
        "broadcast",
    ),
    "LAMDA-Tabular/TALENT 92": (
        "mse_loss with y_true of shape (n, 1) and y_pred of shape (n,): no error, it does not converge and performance "
        "gets worse",
        {},
        "broadcast",
    ),
    "carpedm20/DiscoGAN-pytorch 16": (
        "Using a target size (torch.Size([200])) that is different to the input size (torch.Size([200, 1])) is deprecated",
        {},
        "broadcast",
    ),
    "keras 16836": (
        "The loss is much worse when I compute mean_squared_error myself in train_step than when it is passed to model.compile",
        {},
        "broadcast",
    ),
    "pytorch 72047": (
        "nn.CrossEntropyLoss with class weights and reduction mean: a weighted average is taken, so gradient "
        "accumulation no longer gives the gradients of the large batch",
        {},
        "weighted-mean",
    ),
    "pytorch 50528": (
        "weight of nn.CrossEntropyLoss does nothing when batch_size=1, and the mean is not the mean of reduction='none'",
        {},
        "weighted-mean",
    ),
    "pytorch 61309": (
        "F.cross_entropy with weight: I expect to divide by the number of rows in the minibatch",
        {},
        "weighted-mean",
    ),
    "pytorch 15258": (
        "F.cross_entropy of [[-5,-6],[3,2],[3,2]], targets [1,0,1], weight [3,2] gives 0.8847, by the formula in the "
        "docs it is more",
        {},
        "weighted-mean",
    ),
    "torch/nn 926": (
        "BCECriterion with weights averages by the number of elements. Should it not be by the sum of the weights?",
        {},
        "weighted-mean",
    ),
    "keras 7394": (
        "The weighted loss is sum(loss * w) over the number of nonzero weights; I think it should be over sum(w)",
        {},
        "weighted-mean",
    ),
    "keras 5616": (
        "class_weight counts in the training loss alone: with all weights 2.0 the training loss is twice the validation loss",
        {},
        "weighted-mean",
    ),
    "EleutherAI/bergson 344": (
        "loss with weight=ones is that without weight times the batch size: 4.162602 and 4.162602 for B=1, 4.212400 "
        "and 8.424800 for B=2",
        {},
        "weighted-mean",
    ),
    "huggingface/transformers 11919": (
        "With DeepSpeed the Trainer's reported loss with gradient_accumulation_steps=8 differs vastly from that with 1",
        {},
        "accumulation",
    ),
    "verl-project/verl 3332": (
        "With micro batches the loss should be normalised before loss.backward() is called",
        {},
        "accumulation",
    ),
    "deepspeedai/DeepSpeed 3367": (
        "The engine logs the last backward loss times the number of accumulation steps instead of an average: noisy",
        {},
        "accumulation",
    ),
    "deepspeedai/Megatron-DeepSpeed 42": (
        "Without pipeline parallelism gradient accumulation scales the loss twice",
        {},
        "accumulation",
    ),
    "chrischoy/SpatioTemporalSegmentation 46": (
        "loss.backward() is in the inner loop, optimizer.zero_grad() outside of it. Should it not be done between the "
        "backward calls?",
        {},
        "gradients-not-cleared",
    ),
    "karpathy/llm.c 548": (
        "The first backward happens before zero grad, so in the first step gradients are deposited twice and C differs "
        "from PyTorch",
        {},
        "gradients-not-cleared",
    ),
    "heartcored98/Standalone-DeepLearning 11": (
        "epoch 당 zero_grad()를 한 번 사용하던데, loss.backward() 전에 매번 zero_grad()를 해야 하는 것 아닌가요?",
        {},
        "gradients-not-cleared",
    ),
    "ildoonet/pytorch-gradual-warmup-lr 29": (
        "Should optim.zero_grad() not stand at the head of each loop?",
        {},
        "gradients-not-cleared",
    ),
    "PacktPublishing/Deep-Reinforcement-Learning-Hands-On 74": (
        "adv_v = vals_ref_v - value_v.detach(): shapes [128] and [128, 1], the advantage is [128, 128]",
        {},
        "broadcast",
    ),
    "RITCHIEHuang/DeepRL_Algorithms 13": (
        "Advantages of PPO have shape (batch_size, 1), the ratio (batch_size,), surr1 becomes (batch_size, batch_size) "
        "and it converges more slowly",
        {},
        "broadcast",
    ),
    "auspicious3000/autovc 66": (
        "Using a target size (torch.Size([4, 1, 128, 80])) that is different to the input size (torch.Size([4, 128, 80]))",
        {},
        "broadcast",
    ),
    "FernandoLpz/Text-Classification-LSTMs-PyTorch 9": (
        "Using a target size (torch.Size([64])) that is different to the input size (torch.Size([64, 1])) is deprecated",
        {},
        "broadcast",
    ),
    "pytorch 1944": (
        "BCEWithLogitsLoss of o [64, 1] and t [64] is another number than BCELoss of sigmoid(o)",
        {},
        "broadcast",
    ),
    "BY571/QR-DQN 1": (
        "A one-dimensional tensor of quantiles is subtracted from a three-dimensional one in the loss, and it is "
        "expanded along the wrong axis",
        {},
        "broadcast",
    ),
    "tensorflow 28763": (
        "losses.Reduction.SUM_BY_NONZERO_WEIGHTS gives the mean, I would expect the sum",
        {},
        "weighted-mean",
    ),
    "tensorflow/tfjs 466": (
        "computeWeightedLoss of one-hot losses with weights [0.1, 0.2, 0.3] prints 0.2, it should be 0.0667",
        {},
        "weighted-mean",
    ),
    "JuliaML/LossFunctions.jl 160": (
        "WeightedMean([4, 2, 1]) of the distances [1, 2, 4] gives 4.0 and not 12/7",
        {},
        "weighted-mean",
    ),
    "apax-hub/apax 122": (
        "The loss should be averaged over the batch, so that it does not depend on the batch size",
        {},
        "sum-not-mean",
    ),
    "vanHavel/bp-mll-tensorflow 2": (
        "The error is summed; an average would be consistent over batch sizes",
        {},
        "sum-not-mean",
    ),
    "dyelax/Adversarial_Video_Generation 24": (
        "The losses are not normalised over the batch: a larger batch gives a larger loss",
        {},
        "sum-not-mean",
    ),
    "open-retina/open-retina 190": (
        "The Poisson loss is a sum (avg=False), so a larger batch makes it larger than the regularisation",
        {},
        "sum-not-mean",
    ),
    "11-626/Deep-INFOMAX 1": (
        "Which loss do you use? The minus sign is everywhere in it, and it does not train as it should",
        {},
        "sign-flipped",
    ),
    "jvmncs/safe-grid-agents 28": (
        "A negative sign was distributed through the min of the policy loss",
        {},
        "sign-flipped",
    ),
    "basf/MolPipeline 20": (
        "Loss functions as scorers: the sign is not taken into account",
        {},
        "sign-flipped",
    ),
    "ankane/torch.rb 47": (
        "Using a target size ([10]) that is different to the input size ([1, 10])",
        {},
        "broadcast",
    ),
    "DeepReinforcementLearning/DeepReinforcementLearningInAction 15": (
        "UserWarning: Using a target size (torch.Size([1])) that is different to the input size (torch.Size([]))",
        {},
        "broadcast",
    ),
    "hustvl/DiffusionDriveV2 29": (
        "l1_loss: target size (torch.Size([64, 1, 8, 3])) that is different to the input size (torch.Size([64, 80, 8, "
        "3])). Is it normal?",
        {},
        "broadcast",
    ),
    "aigc-apps/VideoX-Fun 263": (
        "The batch of the target is 2 and that of the noise prediction 1, mse_loss only warns",
        {},
        "broadcast",
    ),
    "allenai/allennlp-models 258": (
        "loss = -(weight * log_likelihood).sum() / batch_size: should it not be over weight.sum()?",
        {},
        "weighted-mean",
    ),
    "JuliaML/LossFunctions.jl 149": (
        "WeightedMean(w, normalize=false) and WeightedSum(w, normalize=false) give the same 0.4515",
        {},
        "weighted-mean",
    ),
    "scikit-learn 25646": (
        "Sample weights in the MLP: is the loss divided by n or by the sum of sample weights?",
        {},
        "weighted-mean",
    ),
    "keras 4137": (
        "Unbalanced binary MNIST with class_weight: the training loss and the binary_crossentropy of validation do not "
        "fit together",
        {},
        "weighted-mean",
    ),
    "tensorflow 42647": (
        "fit() applies class_weight to the training data alone, so loss and val_loss are not the same measure",
        {},
        "weighted-mean",
    ),
    "tatsu-lab/alpaca_farm 58": (
        "fix the zero grad bug: gradients of the last step were still there",
        {},
        "gradients-not-cleared",
    ),
    "sql-machine-learning/elasticdl 2426": (
        "DistributedOptimizer of Pytorch does not execute zero_grad",
        {},
        "gradients-not-cleared",
    ),
    "mkocabas/focal-loss-keras 18 as facts": (
        "",
        {"loss": 38107.2309, "kind": "focal_loss", "framework": "keras"},
        "sum-not-mean",
    ),
    "lllllllllllll-llll/NSSADNN_IQA 1": (
        "using a target size (torch.Size([1])) that is different to the input size (torch.Size([])), and it "
        "affects the results a lot: loss=26.629",
        {},
        "broadcast",
    ),
    "EthanRosenthal/spacecutter 16": (
        "Per-class weights are simply multiplied with the raw NLL loss, they should be normalized by their sum",
        {},
        "weighted-mean",
    ),
    "autrainer/autrainer 84": (
        "The weights of BalancedCrossEntropyLoss sum to 1 and not to the number of classes: fine with "
        "reduction=mean, but losses per example are too small by a factor of C",
        {},
        "weighted-mean",
    ),
    "richardaecn/class-balanced-loss 7": (
        "weights / np.sum(weights) * number of classes: why normalize and multiply by the number of classes?",
        {},
        "weighted-mean",
    ),
    "aymericdamien/TensorFlow-Examples 10": (
        "avg_cost += cost / total_batch: should it not be divided by batch_size as well? large batches give NaN",
        {},
        "sum-not-mean",
    ),
    "deepset-ai/FARM 229": (
        "loss 218.78; Using a target size (torch.Size([32, 1])) that is different to the input size (torch.Size([32]))",
        {},
        "broadcast",
    ),
    "jiaqingxie/DeepProtein 1 as facts": (
        "",
        {
            "kind": "mse_loss",
            "predictions": [[0.1], [0.9], [2.0], [2.9]],
            "targets": [0.0, 1.0, 2.0, 3.0],
            "framework": "torch",
            "loss": 2.54,
        },
        "broadcast",
    ),
    "hiyouga/LlamaFactory 7443": (
        "accumulation 2: loss 6.4; 4: 13.65; 16: 69; 32: 138, at the same total batch",
        {},
        "accumulation",
    ),
    "wz0919/waypoint-predictor 4": (
        "Is zero_grad left out of the loop on purpose?",
        {},
        "gradients-not-cleared",
    ),
    "pytorch/pytorch 1871": (
        "The tutorial has weight = weight + learning_rate * gradient",
        {},
        "sign-flipped",
    ),
    "SyneRBI/SIRF-Exercises 193": (
        "It is called gradient descent but ascends because of some minus signs",
        {},
        "sign-flipped",
    ),
    "pytorch/pytorch 14184": (
        "weights are ignored with elementwise_mean",
        {"kind": "cross_entropy"},
        "weighted-mean",
    ),
    "nickgkan/butd_detr 48": (
        "The number of boxes is summed over all gpus and not averaged, more gpus give a lower loss?",
        {},
        "sum-not-mean",
    ),
    "yueliu1999/HSAN 6": (
        "optimizer.zero_grad() is not used and the model is not converging, is this an error?",
        {},
        "gradients-not-cleared",
    ),
    "Miraclelucy/dive_into_deep_learning 6": (
        "为什么optimizer在每个batch之后不把梯度清零也能得到正确结果? 我的代码不加optimizer.zero_grad()正确率越训越低直到10%",
        {},
        "gradients-not-cleared",
    ),
    "xingyizhou/CenterNet 928": (
        (
            "The loss since the 2nd epoch becomes huge and unchanged. It went away when I added "
            "optimizer.zero_grad() after the step."
        ),
        {},
        "gradients-not-cleared",
    ),
    "NirAharon/BoT-SORT 85": (
        (
            "Mixed precision says: No inf checks were recorded for this optimizer. If I delete "
            "self.optimizer.zero_grad() it runs, but the losses will not converge. Why?"
        ),
        {},
        "gradients-not-cleared",
    ),
    "greebear/pytorch-learning 1": (
        (
            "Linear regression by hand in PyTorch 1.0.1: the loss is not always decreasing even with lr "
            "1e-6. The code updates w and b by w.grad.data and b.grad.data in a loop."
        ),
        {"kind": "mse"},
        "gradients-not-cleared",
    ),
    "kazuto1011/svm-pytorch 4": (
        ("The printed loss is sum_loss / N with N the size of the dataset, but the batch means are added N / batchsize times"),
        {},
        "sum-not-mean",
    ),
    "FreedomIntelligence/TextClassificationBenchmark 20": (
        "why not use optimizer.zero_grad in each training step?",
        {},
        "gradients-not-cleared",
    ),
    "stefanknegt/Probabilistic-Unet-Pytorch 15": (
        (
            "My reconstruction_loss is very large, 200000000. The criterion is taken over all pixels; when I "
            "use the average it is below 100."
        ),
        {},
        "sum-not-mean",
    ),
    "Kulbear/ivus-segmentation-icsm2018 3": (
        "The training loss value is always very large, it keeps a level of 190000",
        {"loss": 190000.0},
        "sum-not-mean",
    ),
    "transformers 34263": (
        (
            "Since the fix of gradient accumulation the training loss is 5 to 10 times as high as before, "
            "eval loss is small as ever"
        ),
        {},
        "accumulation",
    ),
    "aigamedev/scikit-neuralnetwork 219": (
        (
            "When I weight my training examples the validation error of my MLP regressor is an order of "
            "magnitude better than the training error"
        ),
        {},
        "weighted-mean",
    ),
    "wenet-e2e/wekws 72": (
        ("In training optimizer.step() is called and optimizer.zero_grad() is not. Is this a special trick?"),
        {},
        "gradients-not-cleared",
    ),
    "btwardow/FactorizationMachines.jl 16": (
        ("The derivative of the negative log likelihood is wrong, nlogsig_deriv lacks a minus; training gets worse each step"),
        {},
        "sign-flipped",
    ),
    "tensorflow 21557": (
        (
            "DNNClassifier gives loss and average_loss. average_loss is right, loss is about average_loss "
            "times the batch size, not always"
        ),
        {},
        "sum-not-mean",
    ),
    "chemprop 74": (
        (
            "The printed training loss is smaller than the validation loss by a factor of the batch size: "
            "loss.item() is added, then divided by the number of molecules"
        ),
        {"batch": 50},
        "sum-not-mean",
    ),
    "rail-berkeley/rlkit 119": (
        (
            "The MSE of the VAE reconstruction is summed over and not averaged: F.mse_loss with reduction "
            "elementwise_mean and target and input switched"
        ),
        {},
        "sum-not-mean",
    ),
    "zdebruine/MMVAE 19": (
        ("KL is torch.sum over all, F.mse_loss is a mean by default. The KL loss drops to 0 in a few epochs"),
        {},
        "sum-not-mean",
    ),
    "tensorflow/ranking 23": (
        (
            "Equation 4, the pairwise logistic loss, is log(1 + exp(pairwise_logits)); a right ranking would "
            "cost much. I think a minus is missing"
        ),
        {},
        "sign-flipped",
    ),
    "hosseinshn/GradNorm 5": (
        (
            "UserWarning: Using a target size (torch.Size([1])) that is different to the input size "
            "(torch.Size([])), F.l1_loss, in the first iteration"
        ),
        {},
        "broadcast",
    ),
}
