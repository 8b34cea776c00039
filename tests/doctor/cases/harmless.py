"""Public cases of nothing that is wrong; see the package."""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "brats-e1d3 1": ("loss/train: -0.6802, it is -SoftDice, is that normal?", {}, "nothing-wrong"),
    "robocasa 163": ("behaviour cloning with a GMM head: the loss is negative, is that wrong?", {}, "nothing-wrong"),
    "Newbeeer/L_DMI 4": ("The L_DMI loss, -log|det| of a matrix, is negative: is that normal?", {}, "nothing-wrong"),
    "huggingface/trl 2703": ("GRPO: train/loss stays at 0 for the first steps and then increases", {}, "nothing-wrong"),
    "marco-rudolph/cs-flow 28": (
        "Training a normalizing flow on MVTec the train loss might become negative. What does this mean?",
        {},
        "nothing-wrong",
    ),
    "zexupan/MuSE 2": ("Speaker extraction trained by SI-SDR: is it normal that the loss is negative?", {}, "nothing-wrong"),
    "MIC-DKFZ/nnUNet 1271": (
        "nnU-Net: training and validation loss dropped to -0.6 and then stopped dropping. Why is it negative?",
        {},
        "nothing-wrong",
    ),
    "Jiahao-UTS/DSLPT 3": (
        "Facial landmarks with an NLL loss: the loss went negative during training, have you seen this?",
        {},
        "nothing-wrong",
    ),
    "vvanirudh/social-lstm-tf 25": (
        "The learning error becomes negative, is it because of the negative log-likelihood of a bivariate Gaussian?",
        {},
        "nothing-wrong",
    ),
    "jeffffffli/res-loglikelihood-regression 5": (
        "Regression by residual log-likelihood: sometimes the loss value becomes negative. Is it normal?",
        {},
        "nothing-wrong",
    ),
    "gathierry/FastFlow 18": ("FastFlow anomaly detection: why is the loss negative?", {}, "nothing-wrong"),
    "abduallahmohamed/Social-STGCNN 59": (
        "The loss goes from positive to negative during training, though it is a negative log likelihood of trajectories",
        {},
        "nothing-wrong",
    ),
    "kongyanye/cwgan-gp 1": (
        "Conditional WGAN-GP in Keras: I get a negative D_loss. I expected that it converges to a positive "
        "value close to 0; do negative values matter?",
        {},
        "nothing-wrong",
    ),
    "williamFalcon/pytorch-lightning-vae 3": (
        "I train the VAE on my own dataset, and the value of the loss became negative",
        {},
        "nothing-wrong",
    ),
    "SeldonIO/alibi-detect 316": (
        "Training a VAE outlier detector with the elbo loss: the loss becomes very negative, -2000 for "
        "example, and goes on falling with more epochs. I thought that it is always positive and bounded by "
        "0. Is the KL term wrong?",
        {},
        "nothing-wrong",
    ),
    "y0ast/Variational-Autoencoder 6": (
        "Why are the results negative?\n"
        "Epoch 1 finished. LB: -193.587364299, time: 23.8\n"
        "Epoch 2 finished. LB: -143.980627603, time: 22.0\n"
        "Epoch 3 finished. LB: -131.137932297, time: 23.4\n"
        "Epoch 4 finished. LB: -124.642257157, time: 23.8\n"
        "Epoch 5 finished. LB: -121.252833853, time: 23.6",
        {},
        "nothing-wrong",
    ),
    "DLR-RM/stable-baselines3 661": (
        "I train an A2C agent; entropy_loss = -0.682, policy_loss = -0.123. Is that correct?",
        {},
        "nothing-wrong",
    ),
    "hiyouga/LlamaFactory 1538": ("PPO训练的时候loss为负数，正常吗", {}, "nothing-wrong"),
    "tensorforce 567": (
        "When I train a PPOAgent with adam and learning_rate 0.0001, the loss is always negative, which should not happen",
        {},
        "nothing-wrong",
    ),
    "DLR-RM/stable-baselines3 1943": (
        "The policy_gradient_loss of PPO converges to 0. I expected that it goes ever more negative, as only "
        "good actions are chosen",
        {},
        "nothing-wrong",
    ),
    "MokkeMeguru/glow-realnvp-tutorial 7": (
        "Glow/RealNVP: the TFP documentation says that log_prob returns the log likelihood, so I do not "
        "understand how the negative loss in training came up",
        {},
        "nothing-wrong",
    ),
    "shaoanlu/faceswap-GAN 43": (
        "GAN, batchsize 16, 45000 iterations: the generator losses loss_GA and loss_GB cannot be lowered "
        "below 0.26. Is it the lack of diversity in my data?",
        {},
        "nothing-wrong",
    ),
    "ikostrikov/pytorch-a3c 30": (
        "Why is the policy loss negative? policy_loss = policy_loss - log_probs[i] * gae - 0.01 * "
        "entropies[i]; by the paper I would expect plus",
        {},
        "nothing-wrong",
    ),
    "openai/spinningup 241": (
        "SAC is said to maximize Q minus log pi, but the code has loss_pi = (alpha * logp_pi - q_pi).mean() "
        "and minimizes it. Is this right?",
        {},
        "nothing-wrong",
    ),
    "openai/spinningup 436": (
        "Why is there a minus sign in the loss function of the simplest policy gradient? My formula has none",
        {},
        "nothing-wrong",
    ),
    "ZhichengHuang/CMAE 16": (
        "The contrastive loss decreases during warmup but starts to increase gradually after the warmup "
        "period ends. Is this expected behaviour?",
        {},
        "nothing-wrong",
    ),
    "karpathy/pytorch-normalizing-flows 7": (
        "I apply the default flows model, the prior is N(mean of x, 0.01). The loss goes from 800000 to "
        "-30000 and is still decreasing. How come the loss is negative?",
        {},
        "nothing-wrong",
    ),
    "vislearn/FrEIA 16": (
        "INN on CIFAR10: with loss = torch.mean(z**2) / 2 - torch.mean(log_det) I get negative errors that "
        "continually decrease with each epoch. Is there something wrong with the code?",
        {},
        "nothing-wrong",
    ),
    "MIC-DKFZ/nnUNet 1053": (
        "nnU-Net: the losses are negative numbers, my labels are [0, 1, 2, 3, 4]. I know that a U-Net needs "
        "labels normalised to [0, 1], else the loss becomes negative; how is that here?",
        {},
        "nothing-wrong",
    ),
    "keras 12423": (
        "I define the loss as -log(P(y_true)) with P ~ N(mu, sigma). When I train the model the loss "
        "decreases to a negative value (-1.7), but 0 < P <= 1, so in theory it cannot be negative",
        {},
        "nothing-wrong",
    ),
    "marco-rudolph/differnet 42": ("Is it normal for the training loss to be less than 0?", {}, "nothing-wrong"),
    "sentence-transformers 3179": (
        "MultipleNegativesRankingLoss with cosine similarity and scale 20: even with perfect similarities "
        "the loss cannot reach 0?",
        {},
        "nothing-wrong",
    ),
    "huggingface/open-r1 239": (
        "Why does the loss start at 0 when I train with GRPO, and then possibly increase?",
        {},
        "nothing-wrong",
    ),
    "lsdefine/simple_GRPO 30": ("为什么损失一会正一会负，优化目标是使损失接近0吗", {}, "nothing-wrong"),
    "huggingface/trl 3452": (
        "GRPO: the log shows reward=0 and 'loss': 0.0 at every step, the gradient norm is not zero",
        {},
        "nothing-wrong",
    ),
    "lilianweng/unified-gan-tensorflow 3": (
        "With the loss of WGAN I get a negative value, how did you avoid this?",
        {},
        "nothing-wrong",
    ),
    "DegardinBruno/Kinetic-GAN 1": (
        "Kinetic-GAN on NTU with the default configuration, batch_size = 128: is it reasonable to get "
        "negative losses in training?",
        {},
        "nothing-wrong",
    ),
    "kongyanye/cwgan-gp 9": (
        "为什么loss值会变为越来越小的负值？这是正常的吗\n"
        "10182 [D loss: -7891.137695] [G loss: -3960.750488]\n"
        "10183 [D loss: -7876.647461] [G loss: -3944.175293]\n"
        "10184 [D loss: -7862.666992] [G loss: -3981.623291]\n"
        "10185 [D loss: -7930.389160] [G loss: -3960.127441]\n"
        "10186 [D loss: -7879.441406] [G loss: -3976.489258]",
        {},
        "nothing-wrong",
    ),
    "igul222/improved_wgan_training 17": (
        "wgan-gp on my own problem: sometimes the losses are unbalanced, the loss of the discriminator is "
        "high and that of the generator is around 0. Is the generator too good?",
        {},
        "nothing-wrong",
    ),
    "Zardinality/WGAN-tensorflow 6": (
        "In the WGAN paper the output of the discriminator (d_loss) estimates the EM distance, so should it "
        "not be positive? My d_loss curve converges, but it is negative",
        {},
        "nothing-wrong",
    ),
    "bayesiains/nflows 76": (
        "We train a flow of MaskedAffineAutoregressiveTransform with a StandardNormal base and get negative "
        "loss values; otherwise the graph looks like a normal one",
        {},
        "nothing-wrong",
    ),
    "baegwangbin/surface_normal_uncertainty 7": (
        "With the loss 'UG_NLL_ours' for surface normals the training loss decreases and even becomes negative. Is it okay?",
        {},
        "nothing-wrong",
    ),
    "google-deepmind/distrax 202": (
        "MNIST with flow.py, did I miss something?\n"
        "STEP: 0; validation loss: -5.781349182128906\n"
        "STEP: 100; validation loss: -2047.4188232421875\n"
        "STEP: 200; validation loss: -2628.3603515625\n"
        "STEP: 300; validation loss: -2912.349609375\n"
        "STEP: 400; validation loss: -3038.216552734375\n"
        "STEP: 500; validation loss: -3087.5771484375",
        {},
        "nothing-wrong",
    ),
    "cpmpercussion/keras-mdn-layer 26": (
        "Training the MDN with get_mixture_loss_func(OUTPUT_DIMS, N_MIXES) the loss becomes negative after "
        "some time. Is it a bug? Is it still converging?",
        {},
        "nothing-wrong",
    ),
    "yaringal/multi-task-learning-example 6": (
        "After several steps the loss became negative; it is the log_var item that leads to that\n"
        "loss += K.sum(precision * (y_true - y_pred)**2. + log_var[0], -1)",
        {},
        "nothing-wrong",
    ),
    "speechbrain 1170": (
        "After 3 epochs the training loss is negative (-0.405). Is this normal?\n"
        "epoch: 1, lr: 1.50e-04 - train si-snr: 2.23 - valid si-snr: -3.86e+00\n"
        "epoch: 2, lr: 1.50e-04 - train si-snr: 1.66 - valid si-snr: -3.51e+00\n"
        "epoch: 3, lr: 1.50e-04 - train si-snr: -4.05e-01 - valid si-snr: -5.13e+00\n"
        "epoch: 4, lr: 1.50e-04 - train si-snr: -6.35e-01 - valid si-snr: -5.74e+00",
        {},
        "nothing-wrong",
    ),
    "kaituoxu/Conv-TasNet 1": (
        "Your loss function is - SNR, so the loss is negative; that seems not common in deep learning",
        {},
        "nothing-wrong",
    ),
    "csteinmetz1/auraloss 41": (
        "SISDRLoss for speech separation: is it normal that the value is always negative? Should it converge to 0?",
        {},
        "nothing-wrong",
    ),
    "asteroid-team/asteroid 456": (
        "DCCRN with PITLossWrapper(SingleSrcNegSDR('sisdr')): it starts from 10 and I get negative values "
        "around -10, I must have done something wrong\n"
        "Epoch 0:   1%|█         | 309/33600 [06:41<12:00:19,  1.30s/it, loss=-9.94, v_num=2, val_loss=13.50]",
        {},
        "nothing-wrong",
    ),
    "ermongroup/ddim 33": (
        "I trained DDIM on another dataset. After 1200 epochs the loss still does not go down constantly and "
        "sometimes becomes large. Is it normal?",
        {},
        "nothing-wrong",
    ),
    "robotgradient/grasp_diffusion 17": (
        "Grasp diffusion: is it expected that the loss does not go down? It stagnates after the first epoch",
        {},
        "nothing-wrong",
    ),
    "baofff/U-ViT 13": (
        "U-ViT huge on another dataset from the ImageNet checkpoint: in the first 16K iterations the "
        "training loss fluctuates within [0.15, 0.18] and does not go down, though the generated samples "
        "look like the new domain",
        {},
        "nothing-wrong",
    ),
    "zoubohao/DenoisingDiffusionProbabilityModel-ddpm- 48": (
        "The batch loss of the DDPM oscillates within 0.02~0.07 even after 100 epochs, but the images get better",
        {},
        "nothing-wrong",
    ),
    "facebookresearch/moco 12": (
        "MoCo v2 on 2 GPUs with the recommended hyperparameters: the loss gets stuck at 6.90. Is this normal?",
        {},
        "nothing-wrong",
    ),
    "zhangy0822/USER 8": (
        "为什么我把代码运行出来loss都是负数呢，我没做任何更改\n"
        "2024-08-27 16:18:16,449 Epoch: [0][199/1133]    Eit 200  lr 0.0005  Le_moco -0.7086 (-0.6772)  Le "
        "-7.4980 (-7.1140)  Loss -8.2066 (-7.7912)     Time 5.422 (0.000)\n"
        "2024-08-27 16:43:12,104 Epoch: [0][399/1133]    Eit 400  lr 0.0005  Le_moco -0.7247 (-0.6984)  Le "
        "-7.5738 (-7.3367)  Loss -8.2985 (-8.0350)     Time 5.876 (0.000)",
        {},
        "nothing-wrong",
    ),
    "facebookresearch/simsiam 21": (
        "SimSiam: I get a negative loss during training, is it normal? Why is there a minus in the loss function?",
        {},
        "nothing-wrong",
    ),
    "Megum1/DFST 4": (
        "CycleGAN: the D loss stays at about 0.5 with an accuracy of 50 %, the adversarial part of the G "
        "loss is always 0. Is this normal?",
        {},
        "nothing-wrong",
    ),
    "mingkaid/rl-prompt 34": (
        "RL for prompts: the loss is around 7000 to 12000 and the curve does not converge",
        {},
        "nothing-wrong",
    ),
    "jeffffffli/res-loglikelihood-regression 33": (
        "训练第一个epoch的loss变成负数\n"
        "loss: -8.48068483 | acc: 0.2207:  71%|█████████████████████▎        | 417/586 [47:52<27:15,  "
        "9.68s/it]",
        {},
        "nothing-wrong",
    ),
    "KichangKim/DeepDanbooru 59": (
        "Tagging of pictures: when I started training the BCE loss is very small, around 0.02, even at the "
        "very beginning. Is this normal?",
        {},
        "nothing-wrong",
    ),
    "DLR-RM/stable-baselines3 602": (
        "PPO on an environment for stock trading: tensorboard shows a negative entropy loss, policy loss and "
        "combined loss. I thought we minimise a positive loss to zero",
        {},
        "nothing-wrong",
    ),
    "CarperAI/trlx 491": (
        "PPO training: can policy losses have a negative value? A normal loss graph drops gradually, mine looks weird",
        {},
        "nothing-wrong",
    ),
    "xmed-lab/UCVME 1": (
        "By the supplement the heteroscedasticity loss should be positive, but in training the loss is "
        "optimised to a negative value, without a lower bound",
        {},
        "nothing-wrong",
    ),
    "facebookresearch/simsiam 44": (
        "The value of the loss with nn.CosineSimilarity is negative, with a resnet12 on CIFAR-FS. Can you help me solve this?",
        {},
        "nothing-wrong",
    ),
    "yingrliu/TAAN-MTL 2": (
        "When I train with the cosine regularisation LossCosine the loss is less than zero, which is "
        "impossible; before it returns the mean it multiplies with minus one",
        {},
        "nothing-wrong",
    ),
    "tensorflow 58031": (
        "tf.keras.losses.CosineSimilarity() of [[0., 2., 3.]] and [[0., 2., 3.]] is -1.0000001, outside of [-1, 1]",
        {},
        "nothing-wrong",
    ),
    "Open-dLLM 8": (
        "The initial loss is 29.7 when I continue from Qwen2.5-Coder as a diffusion model, is that normal?",
        {},
        "nothing-wrong",
    ),
    "liziniu/GEM 1": ("训练的时候，发现loss存在负数，这是预期情况吗？ GEM loss, ce_loss is falling", {}, "nothing-wrong"),
    "caogang/wgan-gp 45": (
        "self.g_loss = -tf.reduce_mean(d_logits_fake)\n"
        "self.d_loss = tf.reduce_mean(d_logits_fake) - tf.reduce_mean(d_logits_real) + GP\n"
        "but g_loss is sometimes negative in training",
        {},
        "nothing-wrong",
    ),
    "chrisdonahue/wavegan 35": (
        "In TensorBoard G_loss and D_loss of WaveGAN are negative; what does that mean?",
        {},
        "nothing-wrong",
    ),
    "ajbrock/BigGAN-PyTorch 60": (
        "The hinge loss of the generator (line 28 of losses.py) can be negative, and is on my task",
        {},
        "nothing-wrong",
    ),
    "bbbbbbzhou/AccSeg-Net 2": ("When I run train.py the dice value is negative. What is the reason?", {}, "nothing-wrong"),
    "PRBonn/LiDiff 27": (
        "The diffusion loss is stuck around 0.9 but the results keep getting better. Normal?",
        {},
        "nothing-wrong",
    ),
    "Vandermode/ERRNet 30": (
        "While training the loss of D fell to about 0.2 and the loss of G rose to 6. Is this normal?",
        {},
        "nothing-wrong",
    ),
    "uclaacmai/Generative-Adversarial-Network-Tutorial 4": (
        "g_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits = Dg, labels = "
        "tf.ones_like(Dg)))\n"
        "gLoss is increasing while dLoss decreases as designed; why? The generator did learn something",
        {},
        "nothing-wrong",
    ),
    "chen0040/keras-text-to-image 1": (
        "The generator loss is increasing and the discriminator loss reducing gradually. What is the reason?",
        {},
        "nothing-wrong",
    ),
    "jy0205/Pyramid-Flow 204": ("训练vae, loss值为负数, 这是正常的吗? 加入了discriminator的loss", {}, "nothing-wrong"),
    "ethanhe42/KL-Loss 36": (
        "Negative loss after a few iterations on Pascal VOC with KL-Loss (box regression with variance "
        "alpha), I think due to large alpha",
        {},
        "nothing-wrong",
    ),
    "fatchord/WaveRNN 36": (
        "At each epoch the loss of the first batch is very different, much smaller, than that of the next "
        "batches. Is this normal?",
        {},
        "nothing-wrong",
    ),
    "modelscope/ms-swift 3579": (
        "GRPO demo, loss出现负数是正常吗\n"
        "{'loss': -0.01984474, 'grad_norm': 2.83724597, 'learning_rate': 9.6e-07, 'completion_length': "
        "64.91666794, 'rewards/MultiModalAccuracyORM': 0.63541669, 'rewards/Format': 1.0, 'reward': "
        "1.63541669, 'reward_std': 0.44870499, 'kl': 0.06542969, 'epoch': 0.14}",
        {},
        "nothing-wrong",
    ),
    "HobbitLong/SupContrast 45": (
        "SimCLR on CIFAR10 with a batch size of 128: the loss saturates at 28 after about 25 epochs; other "
        "learning rates make no difference",
        {},
        "nothing-wrong",
    ),
    "community.deeplearning.ai 211759": (
        "Linear regression on house prices, inputs normalised by z-score: the cost decreases but is HUGE, as "
        "the targets are in thousands. Is it a bad thing to normalise the targets?",
        {},
        "nothing-wrong",
    ),
    "AICPS/hw2vec 23": (
        "output = F.log_softmax(output, dim=1), then self.loss_func = nn.CrossEntropyLoss(): why both?",
        {},
        "nothing-wrong",
    ),
    "Randl/MobileNetV2-pytorch 5": (
        "The model ends in F.log_softmax(x, dim=1), and torch.nn.CrossEntropyLoss() does log_softmax inside. "
        "Is the duplicate needed?",
        {},
        "nothing-wrong",
    ),
    "woct0rdho/ACE-Step 6": ("lora训练2400步了, diffusion loss还是在0.3-0.5左右跳, 似乎没有下降", {}, "nothing-wrong"),
    "haitongli/knowledge-distillation-pytorch 2": (
        "Why softmax for the teacher output, but log softmax for the student output in the KL loss?",
        {},
        "nothing-wrong",
    ),
    "cpmpercussion/keras-mdn-layer 42": (
        "Why may the mdn loss be negative? The PDF is between 0 and 1, so its negative log is positive",
        {},
        "nothing-wrong",
    ),
    "fabiotosi92/SMD-Nets 5": (
        "def laplacian(mu, b, labels):\n"
        "    return 0.5 * torch.exp(-(torch.abs(mu-labels)/b))/b\n"
        "The bimodal loss -log(w0 * d0 + w1 * d1) is negative in training. Is it normal?",
        {},
        "nothing-wrong",
    ),
    "Po-Hsun-Su/pytorch-ssim 31": (
        "pytorch_ssim.SSIM() comes out with negative values, what is wrong with the code?",
        {},
        "nothing-wrong",
    ),
    "Suanmd/TR-MISR 4": (
        "Super-resolution by TR-MISR with a loss by cPSNR: the loss appears in negative, is that normal?",
        {},
        "nothing-wrong",
    ),
    "orhir/STG-NF 13": (
        "Training on my custom data with only normal data (unsupervised), the loss becomes negative. Is it a problem?",
        {},
        "nothing-wrong",
    ),
    "marco-rudolph/differnet 40": (
        "Why is the loss function of DifferNet calculated negative in the training process",
        {},
        "nothing-wrong",
    ),
    "chainer 5440": (
        "gaussian_nll(x, mean, ln_var) of the variational autoencoder returns variable(-1.009222); a bug?",
        {},
        "nothing-wrong",
    ),
    "mdiephuis/SimCLR 13": (
        "NT-Xent with batch size 256 and accumulation step 1 against batch size 64 and accumulation step 4: "
        "the loss values are not similar",
        {},
        "nothing-wrong",
    ),
    "xuehy/pytorch-maddpg 10": (
        "I get negative losses for the actors of MADDPG. Is this normal? How should I interpret it?",
        {},
        "nothing-wrong",
    ),
    "Linear95/SPAG 15": ("Is the ppo loss always negative when the advantage is positive?", {}, "nothing-wrong"),
    "toshikwa/sac-discrete.pytorch 12": (
        "SAC-discrete on Cart-Pole: q1_loss and q2_loss keep increasing while it seems to work fine. Expected?",
        {},
        "nothing-wrong",
    ),
    "yueliu1999/Dink-Net 6": (
        "For Cora and CiteSeer the loss of Dink-Net is negative when it reaches 200 epochs. Is it an issue?",
        {},
        "nothing-wrong",
    ),
    "kaituoxu/Conv-TasNet 42": (
        "The loss function is usually positive, why is it negative here (Conv-TasNet, si_snr)?",
        {},
        "nothing-wrong",
    ),
    "Chnja/SRCNet 2": ("Change detection on LEVIR-CD with SRCNet: the loss is a negative value. Why?", {}, "nothing-wrong"),
    "megvii-research/NAFNet 19": ("NAFNet训练loss为负数? psnr loss", {}, "nothing-wrong"),
    "bojone/flow 2": (
        "在nice.py的encoder.compile(loss=lambda y_true,y_pred: K.sum(0.5 * y_pred**2, 1)中y_pred有平方, "
        "loss应该恒为正数, 为什么几轮迭代后loss会变成负数?",
        {},
        "nothing-wrong",
    ),
    "YipengHu/label-reg 7": (
        "The loss of the example data is sometimes bigger than the last time; it does not go down in each iteration",
        {},
        "nothing-wrong",
    ),
    "bhanML/Co-teaching 4": (
        ("loss_coteaching gets log_softmax results and uses cross_entropy, which takes log_softmax a second time"),
        {},
        "nothing-wrong",
    ),
    "simontomaskarlsson/GAN-MRI 11": (
        ("training cyclegan the loss D goes to zero and the loss G goes up"),
        {},
        "nothing-wrong",
    ),
    "unslothai/unsloth 2614": (
        ("When using GRPO for training, the loss is 0"),
        {},
        "nothing-wrong",
    ),
    "unslothai/unsloth 2291": (
        (
            "Loss always zero while training a GRPO model\n"
            "Step | Training Loss | reward | reward_std | completion_length | kl\n"
            "1 | 0.000000 | -17.250000 | 1.500000 | 445.500000 | 0.000000\n"
            "2 | -0.000000 | -10.500000 | 1.732051 | 389.250000 | 0.000000\n"
            "3 | 0.000000 | 0.000000 | 0.000000 | 452.000000 | 0.000010\n"
            "4 | 0.000000 | -18.750000 | 1.500000 | 340.000000 | 0.000028\n"
            "9 | 0.000100 | -3.000000 | 1.732051 | 318.500000 | 0.001667"
        ),
        {},
        "nothing-wrong",
    ),
    "huggingface/trl 3857": (
        (
            "GRPO trainer: {'loss': 0.0, 'grad_norm': 0.0, 'reward': 3.0, 'reward_std': 0.0, "
            "'frac_reward_zero_std': 1.0}, why is the loss 0 if the std of one reward is not"
        ),
        {},
        "nothing-wrong",
    ),
    "qcf-568/DocTamper 52": (
        ("在訓練過程中，loss在十個epoch中均維持在0.92左右"),
        {},
        "nothing-wrong",
    ),
    "roggirg/AutoBots 7": (
        ("the nll loss is a negative number when training autobots, is this a normal phenomenon?"),
        {},
        "nothing-wrong",
    ),
    "andreas128/SRFlow 12": (
        ("glow: logp and logdets increase and after 100k steps the loss is around -3, expected?"),
        {},
        "nothing-wrong",
    ),
    "zhixuan-lin/SPACE 8": (
        ("pretrained weights for 3d objects: the loss is quite negative, images modelled by a continuous distribution"),
        {},
        "nothing-wrong",
    ),
    "asgsaeid/ComboLoss 3": (
        ("segmentation of BTCV with combo loss: I got minus values"),
        {},
        "nothing-wrong",
    ),
    "EdwardTyantov/ultrasound-nerve-segmentation 8": (
        (
            "the loss is negative and keeps decreasing while dice_coef keeps increasing\n"
            "5250/5250 [====] - 284s - loss: -0.7539 - dice_coef: 0.7539\n"
            "5250/5250 [====] - 283s - loss: -0.7808 - dice_coef: 0.7808\n"
            "5250/5250 [====] - 283s - loss: -0.7891 - dice_coef: 0.7891"
        ),
        {},
        "nothing-wrong",
    ),
    "xmed-lab/DHC 1": (
        ("why is dc multiplied by minus one during training, which gives a negative loss"),
        {},
        "nothing-wrong",
    ),
    "marco-rudolph/differnet 10": (
        "The train losses go from positive to negative, is it right?",
        {},
        "nothing-wrong",
    ),
    "MuyaoYuan/InfoSAM 1": (
        "我将您的方法迁移到我的任务，但是大部分时间loss都是负值，这正常吗",
        {},
        "nothing-wrong",
    ),
    "hiyouga/LlamaFactory 7485": (
        "Supervised fine-tuning for 3 epochs: the training loss drops right after each new epoch starts. Is the loss "
        "computed wrongly?",
        {},
        "nothing-wrong",
    ),
    "huggingface/transformers 18730": (
        "The loss drops suddenly after each epoch, in steps",
        {},
        "nothing-wrong",
    ),
    "yangjianxin1/Firefly 207": (
        "训练loss呈现阶梯状，是怎么回事呢",
        {},
        "nothing-wrong",
    ),
    "allenai/open-instruct 128": (
        "Instruction tuning: the training loss suddenly decreases a second time at about step 5300, without a change "
        "of the learning rate",
        {},
        "nothing-wrong",
    ),
    "manicman1999/Keras-BiGAN 1": (
        "The discriminator has no activation at its output and the loss is hinge, is that ok?",
        {},
        "nothing-wrong",
    ),
    "JunlinHan/DCLGAN 1": (
        "Hinge as GAN loss: D is not limited to 0 to 1; if a prediction is 1.03, minvalue is 0. Is the loss right?",
        {},
        "nothing-wrong",
    ),
    "knazeri/edge-connect 60": (
        "Should there be a minus sign in the discriminator's hinge loss, relu(1 + outputs).mean()?",
        {},
        "nothing-wrong",
    ),
    "OpenRLHF/OpenRLHF 362": (
        "Labels are usually shifted left by one for the next token. This is not done in sft_trainer.py. Is that correct?",
        {},
        "nothing-wrong",
    ),
    "tatsu-lab/stanford_alpaca 45": (
        "The labels are the same as the input ids. Where are they shifted, inside the trainer?",
        {},
        "nothing-wrong",
    ),
    "keras 5718": (
        "3 classes: training and validation loss are greater than 1. How is this possible?",
        {},
        "nothing-wrong",
    ),
    "keras 481": (
        "Regression with a ConvNet: the loss looks fine, but the validation accuracy has a ceiling at 0.7. Over- or "
        "underfitting?",
        {},
        "nothing-wrong",
    ),
    "allenai/allennlp 1706": (
        "The train loss of bidaf falls at the end of each epoch and rises slightly within an epoch",
        {},
        "nothing-wrong",
    ),
    "huggingface/pytorch-image-models 46": (
        "Mixup: loss_fn(pred, lam*ya + (1-lam)*yb) here, lam*loss(ya) + (1-lam)*loss(yb) in the official code. Are they equal?",
        {},
        "nothing-wrong",
    ),
    "eriklindernoren/PyTorch-GAN 132": (
        "The discriminator loss decreases but the generator loss increases, and so does their sum",
        {},
        "nothing-wrong",
    ),
    "aitorzip/PyTorch-SRGAN 13": (
        "[4/100] Discriminator_Loss: 0.9368 Generator_Loss: 0.0033, [6/100] Discriminator_Loss: 0.8301 Generator_Loss: "
        "0.0037: the generator's goes up, I am confused",
        {},
        "nothing-wrong",
    ),
    "knazeri/edge-connect 33": (
        "Training the edge model, the adversarial loss of the generator increases",
        {},
        "nothing-wrong",
    ),
    "EdwardRaff/Inside-Deep-Learning 20": (
        "backward, step, zero_grad in one chapter and zero_grad, backward, step in another. Is there a reason for the order?",
        {},
        "nothing-wrong",
    ),
    "openai/baselines 652": (
        "ratio = tf.exp(OLDNEGLOGPAC - neglogpac): should it not be the other way around?",
        {},
        "nothing-wrong",
    ),
    "mit-han-lab/once-for-all 5": (
        "cross_entropy_loss_with_soft_target already uses LogSoftmax; must softmax be applied to the soft logits of "
        "the teacher too?",
        {},
        "nothing-wrong",
    ),
    "dddzg/MoCo 2": (
        "MoCo: why are all labels zeros for training?",
        {},
        "nothing-wrong",
    ),
    "databrickslabs/dolly 129": (
        "The train loss jumps down at the beginning of the second epoch",
        {},
        "nothing-wrong",
    ),
    "zhanglichao/updatenet 12": (
        "训练过程中MSE loss值特别大，能达到几十万，我觉得这样不正常",
        {},
        "nothing-wrong",
    ),
    "gitbooo/CrossViVit 5": (
        "The target values for the loss are not normalised and the losses in the paper are around 50, while inputs "
        "are. Is it right?",
        {},
        "nothing-wrong",
    ),
    "Eaphan/OLIVINE 1": (
        "The KL loss becomes negative during training",
        {},
        "nothing-wrong",
    ),
    "pytorch 80488": (
        "F.kl_div(log_softmax(a), softmax(b), reduction='none') prints entries such as -1.9826e-08 and -0.0593",
        {},
        "nothing-wrong",
    ),
    "zhixuan-lin/G-SWM 2": (
        "The loss is minus, less than -10000. Did I do something wrong?",
        {},
        "nothing-wrong",
    ),
    "haebeom-lee/dropmax 2": (
        "Should the sign before the entropy in the loss not be changed? We minimise -H",
        {},
        "nothing-wrong",
    ),
    "kjaved0/incremental-learning 5": (
        "In the distillation loss the old model gives a softmax and the current one a log softmax. How can F.kl_div of "
        "the two be right?",
        {},
        "nothing-wrong",
    ),
    "wentianli/knowledge_distillation_caffe 5": (
        "In the distillation loss the student's log is subtracted from the teacher's; can positive and negative parts "
        "not neutralise each other?",
        {},
        "nothing-wrong",
    ),
    "dev-chauhan/PQG-pytorch 7": (
        "nn.CrossEntropyLoss is given log probabilities and expects logits",
        {},
        "nothing-wrong",
    ),
    "layumi/Person_reID_baseline_pytorch 116": (
        "The loss is multiplied by the batch size in train.py when it is added up for the print. Why?",
        {},
        "nothing-wrong",
    ),
    "junyanz/pytorch-CycleGAN-and-pix2pix 802": (
        "pix2pix on 8000 images of mine: G_L1 converges fast, bu"
        "t D_real and D_fake always move between 0.001 and "
        "1.5, after 64 epochs too. Is the model learning?",
        {},
        "nothing-wrong",
    ),
    "hfslyc/AdvSemiSeg 21": (
        "loss_D falls to about 0.2 and not 0.69 as in a classica"
        "l GAN. Does the discriminator dominate? Which "
        "range of loss_D is normal?",
        {},
        "nothing-wrong",
    ),
    "husnejahan/DeepAR-pytorch 6": (
        "DeepAR with a Gaussian likelihood: why does the loss turn negative during training?",
        {},
        "nothing-wrong",
    ),
    "ai.stackexchange 24685": (
        "Sparse categorical cross-entropy is above one in the first epochs, is it normal?",
        {"history": [1.2, 1.06, 0.95, 0.87, 0.8], "classes": 10, "kind": "sparse_categorical_crossentropy"},
        "nothing-wrong",
    ),
    "Unity-Technologies/ml-agents 615": (
        "Policy loss is going up, which parameters should I adjust?",
        {},
        "nothing-wrong",
    ),
    "hill-a/stable-baselines 1035": (
        "",
        {"loss": "-2.9802322e-08", "kind": "ppo"},
        "nothing-wrong",
    ),
    "Unity-Technologies/ml-agents 280": (
        "PPO on the balancing ball: the short training goes well, but value_loss increases instead of decreasing",
        {},
        "nothing-wrong",
    ),
    "Stanford-ILIAD/PantheonRL 5": (
        "PPO: the loss of the value function increases as the reward increases, this looks like a bug",
        {},
        "nothing-wrong",
    ),
    "catboost/catboost 401": (
        "",
        {"history": [-1.394, -1.357, -1.336], "framework": "catboost", "kind": "mlogloss"},
        "nothing-wrong",
    ),
    "HanjiangHu/DASGIL 7": (
        "The triplet loss will be 0 when I run train.py, is it normal?",
        {},
        "nothing-wrong",
    ),
    "felipemaiapolo/detectshift 1": (
        "Your estimates of the KL divergence are sometimes negative although it cannot be. Is there an explanation?",
        {},
        "nothing-wrong",
    ),
    "ethanhe42/KL-Loss 3": (
        "bbox_pred_std is log(sigma^2), so log(sigma^2)/2 and the regression loss may be negative. Could that be a problem?",
        {},
        "nothing-wrong",
    ),
    "svc-develop-team/so-vits-svc 315": (
        "训练时kl loss震荡下降，最终小于0，kl loss应为非负",
        {},
        "nothing-wrong",
    ),
    "karpathy/nanoGPT 341": (
        "Training GPT-2 on OpenWebText from scratch my loss star"
        "ts from around 10, while the plot of the README "
        "starts from 3.6",
        {},
        "nothing-wrong",
    ),
    "facebookresearch/improved_vrnn 4": (
        "The KL loss kept increasing on Push-BAIR, but the resul"
        "ts look great; after many iterations it decreases "
        "slowly. Is this normal?",
        {},
        "nothing-wrong",
    ),
    "pytorch/examples 631": (
        "In the VAE code the KL term increases instead of decreasing. Is that the expected behavior?",
        {},
        "nothing-wrong",
    ),
    "nv-tlabs/LION 17": (
        "I follow the steps to train the VAE, but the loss is increasing",
        {},
        "nothing-wrong",
    ),
    "nv-tlabs/LION 53": (
        "The loss of the VAE is very high at the early stage of training",
        {"kind": "vae"},
        "nothing-wrong",
    ),
    "cdoersch/vae_tutorial 7": (
        "Why is the KL loss of your VAE going up over iterations while that of the Keras example goes down?",
        {},
        "nothing-wrong",
    ),
    "zkf1997/DART 22": (
        "The curve of the KL loss goes upward and ends around 4."
        "8, whatever its weight. Is this normal or do I "
        "need to adjust parameters?",
        {},
        "nothing-wrong",
    ),
    "sbharadwajj/Generalized-Zero-Shot-Learning-via-Aligned-Variational-Autoencoders 1": (
        "The VAE's loss decreased before epoch 22 and increased very fast after it. I think it is not normal",
        {},
        "nothing-wrong",
    ),
    "edenton/svg 3": (
        "smmnist with learned prior: reconstruction loss decreases, the KL loss kept increasing. Is it normal?",
        {},
        "nothing-wrong",
    ),
    "2019-dl-training-program/Lab4 13": (
        "Without KL the reconstruction loss is almost zero; with"
        " it the reconstruction loss is bigger when the KL "
        "loss gets smaller. Is it normal?",
        {},
        "nothing-wrong",
    ),
    "RasmussenLab/vamb 400": (
        "The KLD loss continuously increases during training",
        {},
        "nothing-wrong",
    ),
    "Novartis/torchsurv 35": (
        "Cox neg_partial_log_likelihood is 0 each time",
        {"loss": 0.0, "batch": 1},
        "nothing-wrong",
    ),
    "JunjH/Revisiting_Single_Depth_Estimation 27": (
        "Depth estimation: I found the loss was negative. Is it normal?",
        {},
        "nothing-wrong",
    ),
    "facebookresearch/DiT 17": (
        "DiT-S/8: from around 500 steps the avg_loss stays at about 0.2. Is this normal or is it the small architecture?",
        {},
        "nothing-wrong",
    ),
    "MPI-Lab/TPD 11": (
        "loss got stuck at 0.012 for the last 20 epochs, it decreased only during warmup of the lr; a latent diffusion model",
        {},
        "nothing-wrong",
    ),
    "SJTU-DENG-Lab/Discrete-Diffusion-Forcing 7": (
        "The raw loss per step is highly volatile and the smooth"
        "ed curve is almost flat. Are variance and flat "
        "trend expected for a diffusion language model?",
        {},
        "nothing-wrong",
    ),
    "huaishengzhu/DSPO 5": (
        "Diffusion DPO: the step loss shows no effective learning, however the winning rate is increased",
        {},
        "nothing-wrong",
    ),
    "IGITUGraz/WeatherDiffusion 8": (
        "Diffusion training, has it converged?",
        {"history": [180.0, 62.0, 151.0, 95.0, 199.0, 54.0, 120.0, 77.0, 166.0, 58.0, 143.0, 88.0]},
        "nothing-wrong",
    ),
    "kenchan0226/keyphrase-generation-rl 23": (
        "",
        {"loss": -0.0001, "kind": "rl"},
        "nothing-wrong",
    ),
    "rlct1/gin 2": (
        "On my own data D_fake loss and D_real loss do not converge, they remain around 1.922 and 2.021 after 140 epochs",
        {},
        "nothing-wrong",
    ),
    "knazeri/edge-connect 62": (
        "With hinge Loss_D stays at 1 and Loss_G at -1, with lsg"
        "an at 0.25, but the image quality does improve. "
        "Is that normal?",
        {},
        "nothing-wrong",
    ),
    "SayedNadim/Global-and-Local-Attention-Based-Free-Form-Image-Inpainting 15": (
        "Why is the loss of the discriminator unchanged?",
        {},
        "nothing-wrong",
    ),
    "junyanz/pytorch-CycleGAN-and-pix2pix 1334": (
        "pix2pix: Loss_D_real and Loss_D_fake remain the same af"
        "ter epoch 1, Loss_G_L1 keeps decreasing and the "
        "result is decent",
        {},
        "nothing-wrong",
    ),
    "dhcode-cpp/X-R1 11": (
        "per_token_loss in the GRPO trainer seems always zero, torch.exp(per_token_logps - "
        "per_token_logps.detach()). And where is pi_old?",
        {},
        "nothing-wrong",
    ),
    "bbruceyuan/Hands-On-Large-Language-Models-CN 9": (
        "First GRPO update: the mean of the loss is 0, but gradients are not zero",
        {},
        "nothing-wrong",
    ),
    "tulerfeng/Video-R1 87": (
        "GRPO的实现会导致importance ratio全部为1，advantage相加为0，loss全部为0，loss完全由kl贡献",
        {},
        "nothing-wrong",
    ),
    "LeapLabTHU/JustGRPO 2": (
        "In logprob_loss ratio = exp(token_log_prob - token_log_prob.detach()) and then clipped. Is it an "
        "approximation of pi_theta / pi_old without storing logprob_old?",
        {},
        "nothing-wrong",
    ),
    "pytorch/examples 298": (
        "vae main.py: are we not trying to maximize the ELBO, so should there be a negative sign at the end of the loss?",
        {},
        "nothing-wrong",
    ),
    "odegeasslbc/FastGAN-pytorch 36": (
        "Why has the loss of G a negative sign where D gives a positive number? What is printed is negative too",
        {},
        "nothing-wrong",
    ),
    "henry8527/COT 3": (
        "The complement entropy loss seems to lack the negative sign of the paper, training shows it negative",
        {},
        "nothing-wrong",
    ),
    "fuenwang/3D-BoundingBox 9": (
        "",
        {"loss": -0.93, "kind": "cosine"},
        "nothing-wrong",
    ),
    "Alexander-H-Liu/End-to-end-ASR-Pytorch 3": (
        "The logits are log softmax already, should CrossEntropyLoss not be NLLLoss?",
        {},
        "nothing-wrong",
    ),
    "DSPsleeporg/smiles-transformer 26": (
        "You use NLL loss in the code and the paper says cross entropy, which one should I use?",
        {},
        "nothing-wrong",
    ),
    "fastai/fastai_old 9": (
        "F.cross_entropy is applied to the flattened output with"
        "out a softmax layer. Should it not have softmax, "
        "or log softmax and NLL?",
        {},
        "nothing-wrong",
    ),
    "lorenmt/reco 22": (
        "F.cross_entropy gives 5.081362724304199 and -log_softma"
        "x(z)[:, 0].mean() 5.081363677978516, is it the "
        "floating point error?",
        {},
        "nothing-wrong",
    ),
    "roggirg/AutoBots 8": (
        "KLDivLoss takes logs of probabilities, and post_pr are probabilities: should we not give log_posterior?",
        {},
        "nothing-wrong",
    ),
    "IshmaelBelghazi/ALI 14": (
        "The paper has minus signs in front of every term of the losses, the code none. What do I miss?",
        {"kind": "gan"},
        "nothing-wrong",
    ),
    "Eric-Wallace/universal-triggers 11": (
        "hot flip: should the gradient not be multiplied by -1 where increase_loss is true?",
        {},
        "nothing-wrong",
    ),
    "soumith/ganhacks 14": (
        "G loss increases, what does it mean?",
        {},
        "nothing-wrong",
    ),
    "eriklindernoren/PyTorch-GAN 132 as facts": (
        "",
        {
            "kind": "gan",
            "history": [
                {"d_loss": 0.7, "g_loss": 0.8, "loss": 1.5},
                {"d_loss": 0.4, "g_loss": 1.9, "loss": 2.3},
                {"d_loss": 0.2, "g_loss": 3.4, "loss": 3.6},
                {"d_loss": 0.15, "g_loss": 4.6, "loss": 4.75},
            ],
        },
        "nothing-wrong",
    ),
    "akanimax/BMSG-GAN 2": (
        "The discriminator drops to zero and the generator's loss varies between 3 and 1000. Is that normal?",
        {},
        "nothing-wrong",
    ),
    "sthalles/SimCLR 21": (
        "After 80 epochs my nt xent loss is about 5. Has it learned well?",
        {},
        "nothing-wrong",
    ),
    "akirasosa/mobile-semantic-segmentation 24": (
        "My loss is negative, dice coef",
        {"kind": "dice"},
        "nothing-wrong",
    ),
    "karpathy/pytorch-normalizing-flows 7 as facts": (
        "",
        {"kind": "nf", "history": [800000.0, 20000.0, -1000.0, -15000.0, -25000.0, -30000.0]},
        "nothing-wrong",
    ),
    "jaywalnut310/vits 6": (
        "mean(log q(z|x)) - mean(log p(z|c)): the KL loss could be negative by this formula?",
        {},
        "nothing-wrong",
    ),
    "VincentStimper/normalizing-flows 44": (
        "forward_kld is negative in training",
        {},
        "nothing-wrong",
    ),
    "huggingface/transformers 35066": (
        "The code that shifts labels is gone from llama's forward, should I shift them myself?",
        {},
        "nothing-wrong",
    ),
    "aharley/simple_bev 64": (
        (
            "Segmentation with BCEWithLogitsLoss in an uncertainty aware formulation: I get a negative loss. "
            "Did I do something wrong?"
        ),
        {},
        "nothing-wrong",
    ),
    "milesial/Pytorch-UNet 176": (
        (
            "In a medical segmentation task with masks of 0 and 1 trained by BCEWithLogitsLoss the network's "
            "outputs are all negative. Is the loss to blame?"
        ),
        {},
        "nothing-wrong",
    ),
    "tensorflow/probability 1232": (
        ("Fitting a surrogate posterior of a structural time series: the variational loss goes below zero. Is that expected?"),
        {},
        "nothing-wrong",
    ),
    "andrew-cr/tauLDR 4": (
        (
            "Reproducing a discrete diffusion on cifar10 I get NLL: 8.108, neg_elbo: 12571671.000. The "
            "neg_elbo term is very large compared to the NLL, is that right?"
        ),
        {},
        "nothing-wrong",
    ),
    "huggingface/pytorch-openai-transformer-lm 51": (
        (
            "Why is no softmax used in computing the multichoice loss? The inputs are logits that are not "
            "normalized; how can we compute the cross entropy with them directly?"
        ),
        {},
        "nothing-wrong",
    ),
    "huggingface/transformers 7827": (
        "Do I need to apply nn.softmax to my logits before loss_fct = CrossEntropyLoss()?",
        {},
        "nothing-wrong",
    ),
    "rasbt/machine-learning-book 37": (
        (
            "The model ends in LogSoftmax(dim=1) but is trained by nn.CrossEntropyLoss(), which expects raw "
            "scores. Is the layer wrong? ce(logits) gives 2.3524 and ce of the log-softmax 2.3524."
        ),
        {},
        "nothing-wrong",
    ),
    "microsoft/LMOps 157": (
        (
            "In a soft cross entropy, ceLoss = torch.log(sum_exp_logits) - sum_targets_softmax_logits: is a "
            "factor softmax_logits_target missing before the log?"
        ),
        {},
        "nothing-wrong",
    ),
    "FluxML/model-zoo 287": (
        (
            "Why does mlp.jl not use softmax in the last layer, with logitcrossentropy? Is this a bug? With "
            "softmax it gives much worse results."
        ),
        {},
        "nothing-wrong",
    ),
    "imoneoi/openchat 99": (
        (
            "weighted_cross_entropy uses reduction none, multiplies by the weight, and then takes sum() "
            "instead of mean(), which differs from the original formula. Why?"
        ),
        {},
        "nothing-wrong",
    ),
    "huawei-noah/Speech-Backbones 13": (
        (
            "Training Grad-TTS: the diffusion loss does not decrease, unlike the other losses, and "
            "fluctuates a lot, but the results are awesome"
        ),
        {},
        "nothing-wrong",
    ),
    "hpcaitech/Open-Sora 365": ("训练130k之后loss曲线没怎么下降, 视频生成模型微调", {}, "nothing-wrong"),
    "huggingface/diffusers 3604": (
        (
            "Fine-tuning stable diffusion by train_text_to_image.py: the train loss stays the same with some "
            "fluctuations for 15K steps, though the validation images get closer to my data. Expected?"
        ),
        {},
        "nothing-wrong",
    ),
    "unnir/cVAE 2": (
        (
            "The average loss of an epoch is train_loss / len(train_loader.dataset). Should it not be "
            "divided by the number of batches? The VAE's loss is summed over the batch."
        ),
        {},
        "nothing-wrong",
    ),
    "Haochen-Wang409/U2PL 137": (
        ("U2PL with 3 classes: the contrastive loss stays in the range of 6 to 8 and does not decrease. What is the problem?"),
        {"kind": "contrastive"},
        "nothing-wrong",
    ),
    "WangChangqi98/CSS 8": (
        (
            "The contrastive loss drops only very slightly, from 3.6 to 3.58 in hundreds of epochs, and is "
            "ten times the other terms. Is this normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "facebookresearch/SlowFast 20": (
        (
            "The activation, a softmax, is only applied at test time. Shouldn't the CrossEntropy loss fail "
            "in training, as outputs may be negative and the log is not defined there?"
        ),
        {},
        "nothing-wrong",
    ),
    "cpmpercussion/keras-mdn-layer 15": (
        "Training an MDN with 4 outputs the loss became negative after 2-3 epochs. Is it possible?",
        {},
        "nothing-wrong",
    ),
    "rrbluke/CDEC 6": (
        ("Testing shows a negative loss; the greater its absolute value, the better the result. Is that right?"),
        {},
        "nothing-wrong",
    ),
    "sotte/pytorch_tutorial 10": (
        (
            "running_loss += loss.item() * X.shape[0] and at the end running_loss / len(train_dl.dataset). "
            "Shouldn't it be divided by the batch size?"
        ),
        {},
        "nothing-wrong",
    ),
    "deepmedic/deepmedic 48": (
        ("A binary segmentation: the logs give the same mean accuracy for class 0 and class 1, 0.9614. Am I mixing something?"),
        {"classes": 2, "accuracy": 0.9614},
        "nothing-wrong",
    ),
    "kevinzakka/recurrent-visual-attention 31": (
        (
            "The loss may be negative because of the reinforce part, and the hybrid loss tends to zero from "
            "below. How can a loss increase with gradient descent?"
        ),
        {},
        "nothing-wrong",
    ),
    "seohongpark/fql 10": (
        (
            "training/actor/q_loss keeps increasing as training progresses. I checked that no minus sign is "
            "missing. Is this expected?"
        ),
        {},
        "nothing-wrong",
    ),
    "kengz/SLM-Lab 437": (
        (
            "REINFORCE from the book, loss = - log_probs * rets: the reward increases with increasing loss\n"
            "Episode 0, loss: 240.3678, total_reward: 27.0\n"
            "Episode 1, loss: 134.7480, total_reward: 20.0\n"
            "Episode 2, loss: 47.8158, total_reward: 12.0\n"
            "Episode 3, loss: 38.1685, total_reward: 11.0\n"
            "Episode 4, loss: 130.4264, total_reward: 20.0"
        ),
        {},
        "nothing-wrong",
    ),
    "eric-xw/AREL 16": (
        (
            "In the paper the reward function maximizes an expectation, but the code has loss = "
            "-torch.sum(gt_score) + torch.sum(gen_score): the sign is just the opposite. Why?"
        ),
        {},
        "nothing-wrong",
    ),
    "awjuliani/DeepRL-Agents 28": (
        (
            "Policy network: if the rewards are negative, does the code still work? To what does the loss "
            "converge, a negative value?"
        ),
        {},
        "nothing-wrong",
    ),
    "dmlc/xgboost 1060": (
        ("Custom objective of log loss in Python: shouldn't the gradient be (label - preds) instead of (preds - labels)?"),
        {},
        "nothing-wrong",
    ),
    "polimi-ispl/icpr2020dfdc 16": (
        (
            "In your paper the BCE loss takes sigmoid(out), but in the code criterion(out, labels) takes the "
            "raw output, with BCEWithLogitsLoss as criterion. Why?"
        ),
        {},
        "nothing-wrong",
    ),
    "kenziyuliu/MS-G3D 9": (
        (
            "With --amp_opt_level 2 --half I get 'Gradient overflow. Skipping step, loss scaler 0 reducing "
            "loss scale to 131072.0' every few hundred steps. Is that a problem?"
        ),
        {},
        "nothing-wrong",
    ),
    "huggingface/transformers 4692": (
        (
            "gpt2 in fp16 with O2: every 2000 steps 'Gradient overflow. Skipping step, loss scaler 0 "
            "reducing loss scale to 262144.0'"
        ),
        {},
        "nothing-wrong",
    ),
    "NoamRosenberg/autodeeplab 12": (
        (
            "Training with half precision I receive: Gradient overflow. Skipping step, loss scaler 0 "
            "reducing loss scale to 16384.0. Is this normal?"
        ),
        {},
        "nothing-wrong",
    ),
    "mattpoggi/mono-uncertainty 16": (
        (
            "In equation 12 a log(variance) goes negative for variance < 1. Should we use log(1 + variance) "
            "to prevent a negative loss?"
        ),
        {},
        "nothing-wrong",
    ),
    "AntixK/PyTorch-VAE 15": (
        ("The encoder of my VAE gives negative values of the standard deviation, log_var, on new data. How is this possible?"),
        {},
        "nothing-wrong",
    ),
    "motokimura/PyTorch_Gaussian_YOLOv3 35": (
        ("When sigma of x, y, w, h is small enough the gaussian loss can be a negative number. Is there a detail I missed?"),
        {},
        "nothing-wrong",
    ),
    "lc82111/Active-Contour-Loss-pytorch 1": (
        "Why are you using mean instead of sum in the active contour loss?",
        {},
        "nothing-wrong",
    ),
    "CoinCheung/pytorch-loss 10": (
        (
            "FocalLoss: self.crit = nn.BCEWithLogitsLoss(reduction='none') already has a sigmoid; why is "
            "torch.sigmoid(logits) taken again for pt?"
        ),
        {},
        "nothing-wrong",
    ),
    "Lightning-AI/pytorch-lightning 18272": (
        (
            "The example computes y_logits = self.fc(x), y_scores = torch.sigmoid(y_logits), and "
            "F.binary_cross_entropy_with_logits(y_logits, y). Is the sigmoid taken twice?"
        ),
        {},
        "nothing-wrong",
    ),
    "AngelaZZZ-611/reasoning_models_probing 1": (
        ("Why is the sigmoid not applied before the loss when the probe is trained? criterion = nn.BCEWithLogitsLoss()"),
        {},
        "nothing-wrong",
    ),
    "Kchu/DeepRL_PyTorch 1": (
        (
            "IQN: UserWarning: Using a target size (torch.Size([32, 1, 64])) that is different to the input "
            "size (torch.Size([32, 64, 1])). Quantile Huber loss; a bug?"
        ),
        {},
        "nothing-wrong",
    ),
    "chainer/chainercv 320": (
        (
            "Why l - 1 in label.append((l - 1) * np.ones(len(keep))) of faster_rcnn.py? n_class contains the "
            "background, so a foreground label may be 0?"
        ),
        {},
        "nothing-wrong",
    ),
    "open-mmlab/mmdetection 1329": ("In bbox_nms.py, why is the label minus 1?", {}, "nothing-wrong"),
    "orobix/retina-unet 45": (
        (
            "Why softmax and categorical_crossentropy with 2 outputs for a binary vessel mask? Usually one "
            "uses a sigmoid and binary cross entropy."
        ),
        {"classes": 2},
        "nothing-wrong",
    ),
    "suraj-deshmukh/Keras-Multi-Label-Image-Classification 4": (
        ("The final output has 5 elements with sigmoid and binary_crossentropy; should it not be categorical_crossentropy?"),
        {},
        "nothing-wrong",
    ),
    "bzamecnik/ml 46": (
        ("Why binary cross entropy and not categorical, as this chord recognition seems to be a multi-class problem?"),
        {},
        "nothing-wrong",
    ),
    "nrsyed/svm-vehicle-detector 3": (
        ("The squared hinge loss of LinearSVC wants targets in {-1,1}, but train_labels are ones and zeros. Is that an issue?"),
        {"framework": "sklearn"},
        "nothing-wrong",
    ),
    "mohamedr002/MAPU_SFDA_TS 2": (
        ("On HAR the entropy_loss and the total loss become negative during adaptation. What does a negative loss mean here?"),
        {},
        "nothing-wrong",
    ),
    "Digital-Dermatology/t-loss 8": (
        ("Is it normal that the t-loss goes from a large positive value to a negative one during training?"),
        {},
        "nothing-wrong",
    ),
    "davidsandberg/facenet 811": (
        "Why is the triplet loss limited by 0, tf.maximum(basic_loss, 0.0)? Can it not be negative?",
        {},
        "nothing-wrong",
    ),
    "NeurAI-Lab/biHomE 13": (
        (
            "A triplet loss with an infinite margin: can its value be negative, and what does it mean below "
            "zero? How is it optimised then?"
        ),
        {},
        "nothing-wrong",
    ),
    "datascience.stackexchange 57114": (
        (
            "loss = -m.log_prob(action) * reward: the action with reward -1 has the smaller loss, so it "
            "looks better than that with +1. Why?"
        ),
        {},
        "nothing-wrong",
    ),
    "ai.stackexchange 40705": (
        (
            "-G log pi is positive or zero, so with rewards above 0 it is least where the reward is 0. That "
            "seems the opposite of what we want"
        ),
        {},
        "nothing-wrong",
    ),
    "YuriCat/MuesliJupyterExample 3": (
        (
            "Is there an error in cmpo_loss? The code has a minus sign, -torch.mean(sea / sz * "
            "torch.log(p)), and the formula of the article has none"
        ),
        {},
        "nothing-wrong",
    ),
    "princeton-nlp/SimCSE 35": (
        (
            "Without dropout, or with a fixed mask, both [CLS] embeddings are equal and their cosine is "
            "always 1.0. What is the point of training so?"
        ),
        {},
        "nothing-wrong",
    ),
    "pytorch 1249": (
        (
            "With loss = ce(output, target) - dice(output, target) we might get a negative loss at some "
            "time. Is that not strange?"
        ),
        {},
        "nothing-wrong",
    ),
    "AntixK/PyTorch-VAE 69": (
        (
            "Is there a mistake in the KL divergence of the vanilla VAE? log_var is used for log sigma and "
            "log_var.exp() for sigma^2"
        ),
        {},
        "nothing-wrong",
    ),
    "sinhasam/vaal 10": ("On cityscapes, 256 x 256, latent 128, lr 5e-4, the KL loss is extremely large", {}, "nothing-wrong"),
    "unnir/cVAE 1": (
        ("KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()): shouldn't we take the mean over the batch?"),
        {},
        "nothing-wrong",
    ),
    "undark-lab/swyft 78": (
        (
            "There should be an additional factor 1/2 for the loss to approach the expected value, as pairs "
            "are drawn jointly and the batch doubles"
        ),
        {},
        "nothing-wrong",
    ),
    "brightmart/text_classification 35": (
        (
            "TextCNN and TextRCNN have training and validation accuracy fixed at 0.5, while both losses drop "
            "steadily, from 1e8 to 1 or 2. Is this normal?"
        ),
        {"accuracy": 0.5},
        "nothing-wrong",
    ),
    "vikasverma1077/manifold_mixup 9": (
        (
            "With mixup the accuracy of training compares the mixed output with the original target, so it "
            "is low. What does it signify?"
        ),
        {},
        "nothing-wrong",
    ),
    "abduallahmohamed/Social-STGCNN 51": (
        ("In training the loss is negative; what kind of value is convergence? And is loss_batch / batch_count right?"),
        {},
        "nothing-wrong",
    ),
    "haoheliu/voicefixer_main 14": ("Why is there a negative sign in front of the SDR in your SI-SNR?", {}, "nothing-wrong"),
    "LevinJ/SSD_tensorflow_VOC 6": ("SSD on voc2007 and voc2012: the total loss is 5 and can't decrease", {}, "nothing-wrong"),
    "transformers 16940": (
        (
            "For each token of the target we have to predict the next one, but in run_translation.py I find "
            "no shift by one token of the labels. Is it missing?"
        ),
        {},
        "nothing-wrong",
    ),
    "wiseodd/generative-models 40": (
        (
            "The KL loss of the VAE paper is 0.5 * sum(exp(logVar) + mean**2 - 1 - logVar), and here "
            "torch.mean is taken of it. What's your thought?"
        ),
        {},
        "nothing-wrong",
    ),
    "AlexeyAB/darknet 448": (
        "obj and no obj become 0.000001 while avg_loss approaches 0.25 in 300 iterations. Is it good?",
        {},
        "nothing-wrong",
    ),
    "AlexeyAB/darknet 3069": (
        ("Training darknet on one class of Open Images I got an insanely high average loss in the first iterations"),
        {},
        "nothing-wrong",
    ),
    "AlexeyAB/darknet 3437": (
        ("mAP is 60 to 65% and avg loss around 8 at 42,000 iterations, my objects are small. Is this due to wrong labels?"),
        {},
        "nothing-wrong",
    ),
    "pierluigiferrari/ssd_keras 41": (
        ("SSD7 with a batch of 4: loss values are around 2, it gets lower, but I am surprised to see values bigger than 1"),
        {"batch": 4},
        "nothing-wrong",
    ),
    "SkylerLinn/Understanding-the-Ranking-Loss 2": (
        "If all samples of a batch are positive, or all negative, is the pairwise loss 0 then?",
        {},
        "nothing-wrong",
    ),
    "QingyaoAi/Deep-Listwise-Context-Model-for-Ranking-Refinement 7": (
        (
            "With 30 documents per query the attention rank loss is close to 70. And where predicted "
            "attention equals the best, the loss is not 0. Is the direction of the gradient right?"
        ),
        {},
        "nothing-wrong",
    ),
    "amazon-science/sccl 26": (
        "cluster_loss((output+1e-08).log(), target): why is .log() used here, the paper has none?",
        {},
        "nothing-wrong",
    ),
    "mepeichun/Efficient-Neural-Network-Bilibili 1": (
        (
            "nn.KLDivLoss()(F.log_softmax(y / temp, dim=1), F.softmax(teacher_scores / temp, dim=1)): "
            "为啥第一个用的log，而第二个不用log"
        ),
        {},
        "nothing-wrong",
    ),
    "facebookresearch/mixup-cifar10 6": (
        (
            "y is the value of the class and not a one-hot label in the implementation, unlike in the paper. "
            "Will it impact the results?"
        ),
        {},
        "nothing-wrong",
    ),
    "clovaai/CutMix-PyTorch 37": (
        (
            "The loss is interpolated in the code, and in the paper the labels are mixed to a single target. "
            "Is there any reason to change this?"
        ),
        {},
        "nothing-wrong",
    ),
    "SALT-NLP/MixText 14": (
        (
            "Lx = - torch.mean(torch.sum(F.log_softmax(outputs_x, dim=1) * targets_x, dim=1)): it is not "
            "exactly cross entropy, what is this loss?"
        ),
        {},
        "nothing-wrong",
    ),
}
