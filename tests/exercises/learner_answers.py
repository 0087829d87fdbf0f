"""Wrong answers as learners write them, with words of what is said of each; and right ones in unusual types.

`WRONG` holds (check, what went wrong, words, function). They were made up without looking at the checks'
known mistakes, to see what share is named.
"""

# Code as learners write it: neither formatted nor linted.
# fmt: off
# ruff: noqa

from fractions import Fraction

import numpy as np

from cnnlib import avg_pool2d, conv2d, max_pool2d
from cnnlib import exercises as E
from scipy.signal import convolve2d, correlate2d

WRONG = []
RIGHT = []


def w(check, why, words, function):
    WRONG.append((check, why, words, function))


def r(check, why, function):
    RIGHT.append((check, why, function))


S=E.check_slide
def loop(im,k,cell,rows=None,cols=None,out=None,dt=float):
    kh,kw=k.shape; H,W=im.shape
    rows=H-kh+1 if rows is None else rows; cols=W-kw+1 if cols is None else cols
    out=np.zeros((rows,cols),dt) if out is None else out
    for i in range(rows):
        for j in range(cols):
            out[i,j]=cell(im[i:i+kh,j:j+kw].astype(float),k,i,j)
    return out
w(S, 'average instead of sum and flipped', ['The kernel is flipped (turned by 180°) before ', 'You take the mean of the products. Their sum '], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k[::-1,::-1]).mean()))
w(S, 'subtracts the window mean first', ['The mean of the weights is subtracted from them.'], lambda im,k: loop(im,k,lambda p,k,i,j:((p-p.mean())*k).sum()))
w(S, 'normalises by kernel sum of abs', ['The weights are divided by the sum of their sizes.'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum()/np.abs(k).sum()))
w(S, 'pixel normalised to 0..1 first', ['The pixels are divided by 255.'], lambda im,k: loop(im/255,k,lambda p,k,i,j:(p*k).sum()))
w(S, 'stride 2', ['The kernel moves on by 2'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum())[::2,::2])
w(S, 'starts at row 1', ['The first row of places is missing.'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum())[1:])
w(S, 'absolute products', ['The signs of the products are dropped'], lambda im,k: loop(im,k,lambda p,k,i,j:np.abs(p*k).sum()))
w(S, 'plus equals without reset per row', ['The running total goes on from window to window'], lambda im,k: np.cumsum(loop(im,k,lambda p,k,i,j:(p*k).sum()),1))
w(S, 'rounded', ['The results are rounded to whole numbers'], lambda im,k: np.round(loop(im,k,lambda p,k,i,j:(p*k).sum())))
w(S, 'sum of squares diff (template matching)', ['You compare window and kernel by squared differences: multip'], lambda im,k: loop(im,k,lambda p,k,i,j:((p-k)**2).sum()))
w(S, 'indices swapped in slice: im[j:j+kh,i:i+kw]', ['Your map is transposed: its rows and columns are swapped'], lambda im,k: np.array([[ (im[j:j+k.shape[0],i:i+k.shape[1]].astype(float)*k).sum() for j in range(im.shape[0]-k.shape[0]+1)] for i in range(im.shape[1]-k.shape[1]+1)]))
w(S, 'last column missing and transposed kernel', ['The kernel is flipped (turned by 180°) before ', 'The last column of places is missing.'], lambda im,k: loop(im,k[::-1,::-1],lambda p,k,i,j:(p*k).sum())[:,:-1])
w(S, 'full', ['Your map holds every place where kernel and picture touch ("'], lambda im,k: loop(np.pad(im,[(k.shape[0]-1,)*2,(k.shape[1]-1,)*2]),k,lambda p,k,i,j:(p*k).sum()))
w(S, 'same edge pad', ['Your map is as large as the picture ("same"): the picture is'], lambda im,k: loop(np.pad(im,[((k.shape[0]-1)//2,k.shape[0]//2),((k.shape[1]-1)//2,k.shape[1]//2)],mode="edge"),k,lambda p,k,i,j:(p*k).sum()))
M=E.check_max_pool
def pool(x,w_,s,f,rows=None,cols=None):
    rows=(x.shape[0]-w_)//s+1 if rows is None else rows; cols=(x.shape[1]-w_)//s+1 if cols is None else cols
    return np.array([[f(x[i*s:i*s+w_,j*s:j*s+w_]) for j in range(cols)] for i in range(rows)])
w(M, 'max over rows only', ['You look at the first column of each window only'], lambda x,w_,s: pool(x,w_,s,lambda p:p.max(axis=0)[0]))
w(M, 'starts search at -1', ['Nothing below −1 ever comes out: results beyond are cut off '], lambda x,w_,s: pool(x,w_,s,lambda p:max(-1,p.max())))
w(M, 'starts search at -1000', ['Nothing below −1000 ever comes out: results beyond are cut o'], lambda x,w_,s: pool(x,w_,s,lambda p:max(-1000,p.max())))
w(M, 'casts to uint8', ['The results are stored as bytes: they wrap round beyond 0 to'], lambda x,w_,s: pool(x,w_,s,np.max).astype(int).astype(np.uint8))
w(M, 'second largest', ['You keep the second largest number of each window.'], lambda x,w_,s: pool(x,w_,s,lambda p:np.sort(p.ravel())[-2]))
w(M, 'window center', ['You keep the number in the middle of each window.'], lambda x,w_,s: pool(x,w_,s,lambda p:p[w_//2,w_//2]))
w(M, 'range(0,H,stride) partial windows', ['A window begins at every `stride`-th pixel: how many windows'], lambda x,w_,s: np.array([[x[i:i+w_,j:j+w_].max() for j in range(0,x.shape[1],s)] for i in range(0,x.shape[0],s)]))
w(M, 'range(0,H-w,s) drops last', ['A loop to side − window ends before the last place.'], lambda x,w_,s: np.array([[x[i:i+w_,j:j+w_].max() for j in range(0,x.shape[1]-w_,s)] for i in range(0,x.shape[0]-w_,s)]))
w(M, 'mean then rounding', ['That is average pooling.', 'The results are rounded. Leave them as they a'], lambda x,w_,s: np.round(pool(x,w_,s,np.mean)))
A=E.check_avg_pool
w(A, 'divides by w*s', ['The windows are added up; the division is mis', 'Everything is divided by `window` · `stride`,'], lambda x,w_,s: pool(x,w_,s,lambda p:p.sum()/(w_*s)))
w(A, 'divides by number of nonzero', ['You divide by how many numbers are not 0'], lambda x,w_,s: pool(x,w_,s,lambda p:p.sum()/max(1,np.count_nonzero(p))))
w(A, 'mean of row means rounded', ['You round on the way'], lambda x,w_,s: pool(x,w_,s,lambda p:np.round(p.mean(axis=1)).mean()))
w(A, 'abs mean', ['The signs in `x` are dropped.'], lambda x,w_,s: pool(x,w_,s,lambda p:np.abs(p).mean()))
w(A, 'swapped axes and sum', ['You add the window up.', 'Rows and columns of the output are swapped.'], lambda x,w_,s: pool(x,w_,s,np.sum).T)
F=E.check_flat_index
w(F, 'row*W + col*C + ch... forgets', ['The row is multiplied by W. A step down passe', 'The channel is multiplied by H. The next chan'], lambda i,s: i[0]*s[1]+i[1]*s[2]+i[2]*s[0])
w(F, '(row+col*W)*C+ch with -1', ['Every number is one too small.'], lambda i,s: (i[0]*s[1]+i[1])*s[2]+i[2]-1)
w(F, 'product index', ['You multiplied the index itself'], lambda i,s: int(np.prod(i)))
w(F, 'ch*H*W + row*W*C', ['The channels before in the pixel are left out'], lambda i,s: i[2]*s[0]*s[1]+i[0]*s[1]*s[2])
w(F, 'row*W*C + col*C (channel twice)', ['The channels before in the pixel are counted twice.'], lambda i,s: i[0]*s[1]*s[2]+i[1]*s[2]+2*i[2])
w(F, 'row*(W*C) + col*C + ch + channels', ['Your number is too large by `shape[2]`: that is counted once'], lambda i,s: i[0]*s[1]*s[2]+i[1]*s[2]+i[2]+s[2])
G=E.check_to_gray
w(G, '0.587 typed .578', ['The weight of green is 0.578 in your function; 0.587 is mean'], lambda im: im@[.299,.578,.114])
w(G, 'max-min', ['You took the largest channel less the smallest: that says ho'], lambda im: im.max(-1).astype(int)-im.min(-1))
w(G, 'one weight twice', ['The channel green is read twice, and blue never: an index is'], lambda im: .299*im[...,0]+.587*im[...,1]+.114*im[...,1])
w(G, 'uint8 cast after round', ['The results are rounded to whole numbers'], lambda im: np.round(im@[.299,.587,.114]).astype(np.uint8))
w(G, 'BGR with /255', ['Everything is 255 times too small: it is divi', 'The weights are right, but they have changed '], lambda im: im[...,::-1]@[.299,.587,.114]/255)
w(G, 'inverted', ['The picture is inverted: white comes out as 0, black as 255.'], lambda im: 255-im@[.299,.587,.114])
w(G, 'weights sum 1.0 but other: .3,.59,.11', ['The weight of red is 0.3 in your function; 0.299 is meant'], lambda im: im@[.3,.59,.11])
Q=E.check_quantize
w(Q, 'floor without clip and 2^b-1', ['You divide the range into 2**bits − 1 steps'], lambda v,b,fs: np.floor(v/fs*(2**b-1)))
w(Q, 'scaled twice', ['Those are voltages: what the code stands for, not the code'], lambda v,b,fs: np.clip(np.floor(v/fs*2**b),0,2**b-1)*(fs/2**b))
w(Q, 'xor bits 2^b -> b^2 & round', ['You round to the nearest code'], lambda v,b,fs: np.clip(np.round(v/fs*(2**b)),0,2**b-1))
w(Q, 'step uses b-1', ['The number of codes is wrong: each bit doubles it, so n bits'], lambda v,b,fs: np.clip(v//(fs/2**(b-1)),0,2**b-1))
w(Q, 'abs voltage', ['The signs in `volts` are dropped.'], lambda v,b,fs: np.clip(np.floor(np.abs(v)/fs*2**b),0,2**b-1))
w(Q, 'modulo instead of clip', ['Out of range your codes begin again at the other end'], lambda v,b,fs: np.floor(v/fs*2**b)%(2**b))
w(Q, 'codes from top: 2^b-1-code', ['Your codes run backwards: 0 V gets the highest one'], lambda v,b,fs: 2**b-1-np.clip(np.floor(v/fs*2**b),0,2**b-1))
O=E.check_out_size
w(O, 'ceil((n+2p-k+1)/s) no dilation', ['The dilation is forgotten: a kernel with gaps spans more pix'], lambda n,k,s,p,d: np.ceil((n+2*p-k+1)/s))
w(O, '(n+2p-d*(k-1))//s', ['The + 1 is divided by the stride too'], lambda n,k,s,p,d: (n+2*p-d*(k-1))//s)
w(O, 'padding once and no +1', ['The padding is counted once. It lies on both ', 'You counted the steps. Positions are one more'], lambda n,k,s,p,d: (n+p-d*(k-1)-1)//s)
w(O, 'n//s', ['The padding is forgotten: the picture is larg', 'The kernel does not come in: it cannot begin '], lambda n,k,s,p,d: n//s)
w(O, '(n-k)//s + 1 + 2p', ['The padding is added behind the division'], lambda n,k,s,p,d: (n-d*(k-1)-1)//s+1+2*p)
w(O, '(n+2p-k)/s+1 rounded', ['That is the formula without its floor. It lea', 'The results are rounded to whole numbers. Lea'], lambda n,k,s,p,d: np.round((n+2*p-k)/s+1))
w(O, 'dilation multiplies n', ['The dilation widens the picture in your formula'], lambda n,k,s,p,d: (n*d+2*p-k)//s+1)
X=E.check_cross_entropy
w(X, 'log2 and sum', ['That is another logarithm. `np.log` is the na', 'The losses of the batch are added up. Take th'], lambda p,y: -np.log2(p[range(len(y)),y]).sum())
w(X, 'exp of loss (perplexity)', ['An exponential is taken of the results.'], lambda p,y: np.exp(-np.log(p[range(len(y)),y]).mean()))
w(X, 'no minus and sum/K', ['The losses of the batch are added up. Take th', 'Everything is divided by the length of `proba'], lambda p,y: np.log(p[range(len(y)),y]).sum()/p.shape[1])
w(X, 'KL entropy', ['All classes count, whatever the label'], lambda p,y: -(p*np.log(p)).sum(1).mean())
w(X, 'brier', ['That is the squared error. Cross-entropy is t', 'Everything is multiplied by the length of `pr'], lambda p,y: ((p-np.eye(p.shape[1])[y])**2).sum(1).mean())
def first(p,y):
    for i in range(len(y)): return -np.log(p[i,y[i]])
w(X, 'return in loop', ['Only the first picture counts.'], first)
L=E.check_loss_gradient
w(L, 'sum not mean, sign flipped', ['The sign is the wrong way round: probabilities minus truth p'], lambda p,y: np.eye(p.shape[1])[y]-p)
w(L, 'divide by K', ['You divide by the number of classes'], lambda p,y: (p-np.eye(p.shape[1])[y])/p.shape[1])
w(L, '-onehot/p without N and softmax', ['That is the slope for the probabilities, −1/p, and without t'], lambda p,y: -np.eye(p.shape[1])[y]/(p+1e-9))
w(L, 'only subtracts for first row', ['You are right at the first index, but not elsewhere'], lambda p,y: (lambda q:(q.__setitem__((0,y[0]),q[0,y[0]]-1),q/len(p))[1])(p.copy()))
w(L, '2*(p-y)/N mse', ['Everything is twice too steep.'], lambda p,y: 2*(p-np.eye(p.shape[1])[y])/len(p))
Z=E.check_softmax
w(Z, 'sigmoid', ['Each logit by itself goes through a sigmoid: that is for yes'], lambda z,t: 1/(1+np.exp(-z/t)))
w(Z, 'exp base 2', ['Powers of 2 are taken in place of `np.exp`.'], lambda z,t: (lambda e:e/e.sum(1,keepdims=True))(2**(z/t-(z/t).max(1,keepdims=True))))
w(Z, 'divide by max of exps', ['The exponentials are not divided by their sum, so the shares'], lambda z,t: (lambda e:e/e.max(1,keepdims=True))(np.exp(z/t-(z/t).max(1,keepdims=True))))
w(Z, 'batch mean shift & no temp', ['The temperature changes nothing'], lambda z,t: (lambda e:e/e.sum(1,keepdims=True))(np.exp(z-z.max(1,keepdims=True))))
w(Z, 'rounded to 2 decimals', ['The results are rounded to 2 decimals'], lambda z,t: np.round((lambda e:e/e.sum(1,keepdims=True))(np.exp(z/t-(z/t).max(1,keepdims=True))),2))
w(Z, 'transposed result sum axis0', ['Rows and columns of the result are swapped.'], lambda z,t: (lambda e:e/e.sum(0))(np.exp(z.T/t-(z.T/t).max(0))))
K=E.check_compose
w(K, 'full correlate + swapped', ['That slides one kernel over the other as `conv2d` does'], lambda a,b: correlate2d(b,a,"full"))
w(K, 'full but only half', ['Everything is half as large as it should be: a division by 2'], lambda a,b: convolve2d(a,b,"full")/2)
w(K, 'sum of padded', ['You add the two kernels on a larger sheet'], lambda a,b: np.pad(a,[(0,n-1) for n in b.shape])+np.pad(b,[(0,n-1) for n in a.shape]))
w(K, 'last row col missing', ['The last row and column are missing.'], lambda a,b: convolve2d(a,b,"full")[:-1,:-1])
V=E.check_convolve
w(V, 'flipped image and kernel', ['The map is flipped, not the kernel (or picture and kernel bot'], lambda im,k: loop(im[::-1,::-1],k[::-1,::-1],lambda p,k,i,j:(p*k).sum()))
w(V, 'flip lr only & abs', ['The columns of the kernel are reversed.', 'The signs of the map are dropped.'], lambda im,k: np.abs(loop(im,k[:,::-1],lambda p,k,i,j:(p*k).sum())))
w(V, 'np.flip(k,0)', ['Only the order of the rows is reversed'], lambda im,k: loop(im,np.flip(k,0),lambda p,k,i,j:(p*k).sum()))
w(V, 'mode same reflect', ['Your map is as large as the picture ("same"): the picture is'], lambda im,k: loop(np.pad(im,[((k.shape[0]-1)//2,k.shape[0]//2),((k.shape[1]-1)//2,k.shape[1]//2)],mode="reflect"),k[::-1,::-1],lambda p,k,i,j:(p*k).sum()))
w(V, 'uint8 result', ['The results are stored as bytes: they wrap round beyond 0 to'], lambda im,k: loop(im,k[::-1,::-1],lambda p,k,i,j:(p*k).sum()).astype(int).astype(np.uint8))
Ec=E.check_echo
w(Ec, 'echo negative', ['The echo is subtracted'], lambda x,d,s: np.concatenate([x,np.zeros(d)])-s*np.concatenate([np.zeros(d),x]))
w(Ec, 'mean of both', ['Everything is half as large as it should be: a division by 2'], lambda x,d,s: (np.concatenate([x,np.zeros(d)])+s*np.concatenate([np.zeros(d),x]))/2)
w(Ec, 'delay off by one and strength squared', ['The echo is weakened twice: `strength` is in ', 'The echo comes one sample too late: its first'], lambda x,d,s: np.concatenate([x,np.zeros(d+1)])+s*s*np.concatenate([np.zeros(d+1),x]))
w(Ec, 'convolve kernel reversed', ['The echo comes before the sound'], lambda x,d,s: np.convolve(x,[s]+[0]*(d-1)+[1]))
w(Ec, 'kernel one zero too many', ['The echo comes one sample too late: its first sample belongs'], lambda x,d,s: np.convolve(x,[1]+[0]*d+[s]))
Mi=E.check_mirror
w(Mi, 'edge pad rows only', ['The border of the rows is made of copies of t', 'The columns have no border.'], lambda im,w_: np.pad(im,[(w_,w_),(0,0)],mode="edge"))
w(Mi, 'concat im[:w] not reversed top, reversed bottom', ['The border of the rows is not turned round before: the neare'], lambda im,w_: np.pad(np.vstack([im[:w_],im,im[-w_:][::-1]]),[(0,0),(w_,w_)],mode="symmetric"))
w(Mi, 'width 1 too few', ['The border is one pixel too narrow.'], lambda im,w_: np.pad(im,w_-1,mode="symmetric"))
w(Mi, 'zeros columns', ['The border of the columns is made of zeros.'], lambda im,w_: np.pad(np.pad(im,[(w_,w_),(0,0)],mode="symmetric"),[(0,0),(w_,w_)]))
Fl=E.check_flip
w(Fl, 'transposed both', ['That is a quarter turn'], lambda k: k.T[::-1])
w(Fl, 'flip only rows and negated', ['Only the order of the rows is reversed. T', 'All signs are turned: what should be positive'], lambda k: -k[::-1])
ZM=E.check_zero_mean
w(ZM, 'subtract max', ['You subtract the largest weight'], lambda k: k-k.max())
w(ZM, 'mean of abs', ['You take the mean without the signs: negative weights count '], lambda k: k-np.abs(k).mean())
w(ZM, 'divide by n-1', ['You divide by one number too few: the mean is over all cells'], lambda k: k-k.sum()/(k.size-1))
w(ZM, 'subtract mean twice', ['The mean is subtracted twice.'], lambda k: k-2*k.mean())
w(ZM, 'standardise', ['You divide by the standard deviation, too.'], lambda k: (k-k.mean())/k.std(ddof=1))
Re=E.check_relu
w(Re, 'x*(x>1)', ['What lies between 0 and 1 becomes 0'], lambda x: x*(x>1))
w(Re, 'abs then', ['Your ReLU keeps the negative numbers'], lambda x: (np.abs(x)-x)/2)
w(Re, 'clip at 100', ['What is above 100 is cut off'], lambda x: np.clip(x,0,100))
w(Re, 'leaky .2', ['That is a leaky ReLU: 0.2 times what is negative passes.'], lambda x: np.where(x>0,x,.2*x))
Ly=E.check_layer
w(Ly, 'bias after relu', ['ReLU comes before the bias, and is not asked for here.'], lambda x,f,b: np.maximum(conv2d(x.astype(float),f),0)+b[:,None,None])
w(Ly, 'channels averaged no bias', ['You take a mean of the channels. A filter add', 'The bias does not come in yet.'], lambda x,f,b: conv2d(x.astype(float),f)/len(x))
w(Ly, 'bias broadcast over last axis mean', ['Every map gets the mean of the biases'], lambda x,f,b: conv2d(x.astype(float),f)+b.mean())
w(Ly, 'bias reversed', ['The biases are in reverse order: bias k belongs to filter k.'], lambda x,f,b: conv2d(x.astype(float),f)+b[::-1][:,None,None])
w(Ly, 'last channel dropped', ['The last map of `x` is left out.'], lambda x,f,b: conv2d(x[:-1].astype(float),f[:,:-1])+b[:,None,None] if len(x)>1 else b[:,None,None]+0*conv2d(x.astype(float),f))
Rs=E.check_response
w(Rs, 'relu of sum, bias times channels', ['The bias is added once for each channel'], lambda w_,f,b: max(0,(w_.astype(float)*f).sum()+len(w_)*b))
w(Rs, 'channel sums multiplied', ["The channels' sums are multiplied: add them."], lambda w_,f,b: max(0,np.prod((w_.astype(float)*f).sum((1,2)))+b))
w(Rs, 'bias squared', ['The bias is squared.'], lambda w_,f,b: max(0,(w_.astype(float)*f).sum()+b*b))
Co=E.check_count
w(Co, 'f*(c*k+1)*k', ['There is a bias for each row of a kernel'], lambda c,f,k: f*(c*k+1)*k)
w(Co, '(k*k+1)*c*f ', ['There is a bias for each kernel'], lambda c,f,k: (k*k+1)*c*f)
w(Co, 'k*k*c*f + c*f', ['There is a bias for each kernel'], lambda c,f,k: k*k*c*f+c*f)
w(Co, '(c*k*k+1)*f - f*2', ['The biases are subtracted'], lambda c,f,k: (c*k*k-1)*f)
w(Co, 'k^c', ['The channels are forgotten: a filter has a ke', 'There is a bias for each channel, too. There '], lambda c,f,k: f*k*k+c+f)
Cn=E.check_counts
P=lambda n,k:(n-k+1)**2
w(Cn, 'local shares per filter bias', ['The locally connected layer shares no biases either: each ou'], lambda n,c,k,f:[(n*n*c+1)*P(n,k)*f,k*k*c*P(n,k)*f+f,(k*k*c+1)*f])
w(Cn, 'dense without channels of output', ['The dense layer makes all maps, not one.'], lambda n,c,k,f:[(n*n*c+1)*P(n,k),(k*k*c+1)*P(n,k)*f,(k*k*c+1)*f])
w(Cn, 'same padding outputs only local', ["The locally connected layer's outputs are counted as many as"], lambda n,c,k,f:[(n*n*c+1)*P(n,k)*f,(k*k*c+1)*n*n*f,(k*k*c+1)*f])
Fi=E.check_fields
def rf(L,step,r=1,j=1):
    out=[]
    for k,s in L:
        r,j=step(r,j,k,s); out.append(r)
    return out
w(Fi, 'r*s+k', ['The field is multiplied by the stride'], lambda L: rf(L,lambda r,j,k,s:(r*s+k-1,j)))
w(Fi, 'r + (k-1)*s*j', ["A layer's own stride counts for the layers behind it: first "], lambda L: rf(L,lambda r,j,k,s:(r+(k-1)*s*j,j*s)))
w(Fi, 'max', ['The larger of the kernels is taken'], lambda L: rf(L,lambda r,j,k,s:(max(r,k),j)))
w(Fi, 'jump adds (s-1), k*j', ['k numbers have k − 1 steps between them: add ', 'Jumps are added. They multiply: behind two st'], lambda L: rf(L,lambda r,j,k,s:(r+k*j,j+s-1)))
Up=E.check_update
w(Up, 'w*(1-lr*g)', ['The step is multiplied by the weight: a weight of 0 could ne'], lambda w_,g,lr: w_*(1-lr*g))
w(Up, 'w - lr*g**2', ['The gradient is squared: its sign is lost.'], lambda w_,g,lr: w_-lr*g**2)
w(Up, 'w - g/10', ['The learning rate is fixed at 0.1: use the one that is given'], lambda w_,g,lr: w_-g/10)
w(Up, 'normalised & up', ['The sign of the update is the wrong way round', 'The gradient is brought to the length 1. It c'], lambda w_,g,lr: w_+lr*g/np.linalg.norm(g))
w(Up, 'adds sum', ['The sum of the gradient moves every weight alike'], lambda w_,g,lr: w_-lr*g.sum())
w(Up, 'lr*w - g', ['You divide by the learning rate: the smaller ', 'Everything is multiplied by `learning_rate`, '], lambda w_,g,lr: lr*w_-g)
Rb=E.check_relu_backward
w(Rb, 'np.where(x>0,g,x)', ['At negative inputs the input itself comes back'], lambda g,x: np.where(x>0,g,x))
w(Rb, 'leaky backward', ['At negative inputs 0.01 times the gradient passes: that is a'], lambda g,x: np.where(x>0,g,.01*g))
w(Rb, 'mean over batch', ['The gradient is divided by the number of rows'], lambda g,x: g*(x>0)/len(x))
w(Rb, 'g>0 and x>0 ors', ['The gradient passes where it is positive itself, too'], lambda g,x: g*((x>0)|(g>0)))
w(Rb, 'x times mask', ['That is the way forward, ReLU itself'], lambda g,x: x*(x>0))
Fb=E.check_flatten_backward
w(Fb, 'T at end', ['Rows and columns of the result are swapped.'], lambda g,x: g.reshape(x.shape).swapaxes(2,3))
w(Fb, 'reshape(x.shape[::-1]).T', ['The shape is right, but the numbers are in th', '`gradient` is transposed: its rows and column'], lambda g,x: g.reshape(x.shape[::-1]).T)
w(Fb, 'divide by N', ['Everything is divided by the length of `gradient` along axis'], lambda g,x: g.reshape(x.shape)/len(x))
w(Fb, 'adds x', ['The gradient is added to the input'], lambda g,x: g.reshape(x.shape)+x)
w(Fb, 'rows reversed', ['The pictures are in reverse order.'], lambda g,x: g[::-1].reshape(x.shape))
Gr=E.check_gradient
def ng(f,w_,h,sl):
    o=np.zeros(w_.shape)
    for i in np.ndindex(w_.shape):
        a=w_.copy();b=w_.copy();a[i]+=h;b[i]-=h;o[i]=sl(f(a),f(b),f(w_))
    return o
w(Gr, 'second derivative', ['That is the second derivative: how the slope ', 'The step is squared.'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a-2*c+b)/h**2))
w(Gr, '(a-b)*2h', ['You multiply by the way'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a-b)*2*h))
w(Gr, 'abs', ['The sign of the slope is dropped: it says which way is uphil'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:abs(a-b)/(2*h)))
w(Gr, 'mean of a and b', ['The two losses are added. Their difference sa', 'Divided by 2 alone, and not by the step: the '], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a+b)/2))
w(Gr, 'divide by h^2', ['The step is squared: the way is 2 · step.'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a-b)/(2*h*h)))
Rp=E.check_report
w(Rp, 'test at best train-val mean', ['The training part has a say in the choice, together with the'], lambda a,b,c: c[np.argmax((a+b)/2)])
w(Rp, 'mean of top two', ['The mean of the best two tests tells nothing of the setting '], lambda a,b,c: np.sort(c)[-2:].mean())
w(Rp, 'second best', ['The second best setting is chosen'], lambda a,b,c: c[np.argsort(b)[-2]])
w(Rp, 'val mean', ['The mean of the validation part tells nothing of the setting'], lambda a,b,c: b.mean())
Cv=E.check_covering
def cov(c,p,w_,s,fill=0,lost=lambda a,b:a-b,oh=None,ow=None,ww=None,step=None):
    oh=(p.shape[0]-w_)//s+1 if oh is None else oh; ow=(p.shape[1]-w_)//s+1 if ow is None else ow
    o=np.zeros((oh,ow));base=c(p);ww=ww or w_;step=step or s
    for i in range(oh):
        for j in range(ow):
            q=p.copy();q[i*step:i*step+ww,j*step:j*step+ww]=fill;o[i,j]=lost(base,c(q))
    return o
w(Cv, 'fill 0.3', ['You cover with 0.3'], lambda c,p,w_,s: cov(c,p,w_,s,fill=.3))
w(Cv, 'abs and window-1', ['The signs are gone. Where certainty grows, th', 'Your square is one row and one column too sma'], lambda c,p,w_,s: cov(c,p,w_,s,lost=lambda a,b:abs(a-b),ww=max(w_-1,1)))
w(Cv, 'normalised by max', ['The results are divided by the largest'], lambda c,p,w_,s: (lambda o:o/o.max())(cov(c,p,w_,s)))
w(Cv, 'percent', ['The losses are in percent'], lambda c,p,w_,s: 100*cov(c,p,w_,s))
w(Cv, '1-lost', ['The results are taken from 1.'], lambda c,p,w_,s: 1-cov(c,p,w_,s))
w(Cv, 'inverts the square 1-p', ['You invert the square: ink becomes paper, and paper ink'], lambda c,p,w_,s: (lambda o:[o.__setitem__((i,j),c(p)-c((lambda q:(q.__setitem__((slice(i*s,i*s+w_),slice(j*s,j*s+w_)),1-q[i*s:i*s+w_,j*s:j*s+w_]),q)[1])(p.copy()))) for i in range(o.shape[0]) for j in range(o.shape[1])] and o)(np.zeros(((p.shape[0]-w_)//s+1,(p.shape[1]-w_)//s+1))))
Cl=E.check_climb
w(Cl, 'x + r*g clipped 0..0.99', ['Nothing above 0.99 ever comes out: results beyond are cut of'], lambda x,g,r: np.clip(x+r*g,0,.99))
w(Cl, 'g normalised max, no rate', ['You divide the gradient by its largest slope, and the rate d'], lambda x,g,r: np.clip(x+g/np.abs(g).max(),0,1))
w(Cl, 'tanh', ['A tanh squeezes every pixel'], lambda x,g,r: np.tanh(x+r*g))
w(Cl, 'momentum double step', ['The step is twice too long.'], lambda x,g,r: np.clip(np.clip(x+r*g,0,1)+r*g,0,1))
w(Cl, 'only positive gradient', ['You clip the step, so that no pixel can lose ink'], lambda x,g,r: np.clip(x+r*np.where(g>0,g,0),0,1))
Gm=E.check_gram
w(Gm, 'divides by F*F', ['You divide by how many pairs of maps there are'], lambda m:(lambda a:a@a.T/len(m)**2)(m.reshape(len(m),-1)))
w(Gm, 'correlation', ['That is the correlation: means are subtracted and strengths '], lambda m:np.corrcoef(m.reshape(len(m),-1)))
w(Gm, 'sum over rows only', ['You divide by how many rows a map has'], lambda m:np.einsum("ihw,jhw->ij",m,m)/m.shape[1])
w(Gm, 'upper triangle', ['Only the upper half of the matrix is filled: it is the same '], lambda m:np.triu(np.einsum("ihw,jhw->ij",m,m)/m[0].size))
w(Gm, 'sqrt', ['A square root is taken of the results.'], lambda m:np.sqrt(np.einsum("ihw,jhw->ij",m,m)/m[0].size))
w(Gm, 'cos similarity', ['Each map is brought to the length 1.', 'Those are sums over the places. Divide by how'], lambda m:(lambda a:a@a.T)((lambda a:a/np.linalg.norm(a,axis=1,keepdims=True))(m.reshape(len(m),-1))))
D=E.check_display
w(D, 'abs & clip 0 255 *2', ['You drop the signs, and multiply by 2.'], lambda v: np.clip(np.abs(v)*2,0,255).astype(np.uint8))
w(D, 'scaled by max abs', ['0 lies in the middle of the gray levels. Clip', 'What does not fit wraps round, as if bytes ra'], lambda v: (v/np.abs(v).max()*127+128).astype(np.uint8))
w(D, 'clip 0..250', ['The range ends at 250'], lambda v: np.clip(v,0,250).astype(np.uint8))
w(D, 'rounded to tens', ['The numbers are rounded to tens.'], lambda v: (np.clip(v,0,255)//10*10).astype(np.uint8))
w(D, '255 - clip', ['Black and white have changed places.'], lambda v: (255-np.clip(v,0,255)).astype(np.uint8))
PL=E.check_pooled_layer
w(PL, 'avg then max(0) then sum', ['The ReLU comes after the pooling: by then, ne', 'The windows are added up; the division by 4 i'], lambda m: np.maximum(m.reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).sum((2,4)),0))
w(PL, 'channel mean subtracted', ['The mean of each map is subtracted first.'], lambda m: np.maximum(m-m.mean((1,2),keepdims=True),0).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).mean((2,4)))
w(PL, 'drop last channel', ['The last map is missing: as many come out as go in.'], lambda m: np.maximum(m,0).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).mean((2,4))[:-1])
w(PL, 'only rows pooled', ['Only the rows are pooled, two and two'], lambda m: np.maximum(m,0).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]).mean(2))
Px=E.check_pixel
w(Px, 'row off by one', ['You counted the rows from 1'], lambda im,r_,c: im[r_-1,c])
w(Px, 'channel index', ['That is the green of the pixel'], lambda im,r_,c: im[r_,c,1])
w(Px, 'sum', ['You added the three channels'], lambda im,r_,c: im[r_,c].sum())
w(Px, 'flat index', ['You took row + col for the place of the pixel'], lambda im,r_,c: im.reshape(-1,3)[r_+c])
w(Px, 'as list of floats /255', ['The numbers are divided by 255'], lambda im,r_,c: im[r_,c]/255)
w(Px, 'reversed & swapped', ['Row and column are swapped: the row comes fir', 'The three numbers come in the order blue, gre'], lambda im,r_,c: im[c,r_][::-1])
r(S,"list", lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum()).tolist())
r(A,"fractions", lambda x,w_,s: pool(x,w_,s,lambda p: Fraction(float(p.sum()))/(w_*w_)))
r(Co,"0-d", lambda c,f,k: np.array(f*(c*k*k+1)))
r(Co,"bit tricks on ints", lambda c,f,k: int(f).__index__()*(int(c)*k**2).__add__(1))
r(M,"object", lambda x,w_,s: pool(x,w_,s,np.max).astype(object))
r(L,"complex", lambda p,y: ((p-np.eye(p.shape[1])[y])/len(p)).astype(complex))
r(X,"1-elem", lambda p,y: [-np.log(p[range(len(y)),y]).mean()])
r(Co,"format", lambda c,f,k: (c*k*k+1)*f if isinstance(k,int) else 0)
r(Re,"bool mult", lambda x: x*(x>0))
r(Fi,"numpy ints", lambda L: rf(L,lambda r,j,k,s:(r+(k-1)*j,j*s)))
r(Z,"shift by max minus 5", lambda z,t: (lambda e:e/e.sum(1,keepdims=True))(np.exp(z/t-(z/t).max(1,keepdims=True)-5)))

# ---- a second set
# 30 fresh ones over all function checks, as a learner would write them
def s1(image, kernel):
    h,w=image.shape; k=kernel.shape[0]; out=[]
    for r in range(h-k+1):
        row=[]
        for c in range(w-k+1):
            t=0
            for i in range(k):
                for j in range(k):
                    t+=float(image[r+j,c+i])*kernel[i,j]
            row.append(t)
        out.append(row)
    return out
def s2(image,kernel):
    kh,kw=kernel.shape; out=np.zeros((image.shape[0]-kh+1,image.shape[1]-kw+1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            total=0
            for i in range(kh):
                for j in range(kw):
                    total=float(image[r+i,c+j])*kernel[i,j]
            out[r,c]+=total
    return out
w(E.check_slide, 'total = not +=', ['The products of a window have to be added up: you keep a sin'], s2)
def s3(image,kernel):
    kh,kw=kernel.shape; out=np.zeros((image.shape[0]-kh+1,image.shape[1]-kw+1))
    total=0
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            total+=(image[r:r+kh,c:c+kw].astype(float)*kernel).sum()
            out[r,c]=total/kernel.size
    return out
w(E.check_slide, 'running total and mean', ['The running total goes on from window to wind', 'Everything is divided by how many numbers `ke'], s3)
def s4(image,kernel):
    kh,kw=kernel.shape
    return np.array([[(image[r:r+kh,c:c+kw].astype(float)*kernel).sum() for c in range(1,image.shape[1]-kw+1)] for r in range(image.shape[0]-kh+1)])
w(E.check_slide, 'column loop starts at 1', ['The first column is missing: the loop begins one place too l'], s4)
def c1(image,kernel):
    kernel=kernel[::-1]; kernel=kernel[:, ::-1]
    kh,kw=kernel.shape
    out=np.zeros(image.shape)
    for r in range(image.shape[0]-kh+1):
        for c in range(image.shape[1]-kw+1):
            out[r,c]=(image[r:r+kh,c:c+kw].astype(float)*kernel).sum()
    return out
w(E.check_convolve, 'result in image-size array, top left', ['The result lies in the corner of an array as large as the pi'], c1)
def m1(x,window,stride):
    out=[]
    for i in range(0,len(x)-window+1,stride):
        for j in range(0,x.shape[1]-window+1,stride):
            out.append(x[i:i+window,j:j+window].max())
    return out
w(E.check_max_pool, 'flat list', ['The result is one long row: its rows and columns are lost.'], m1)
def m2(x,window,stride):
    rows=(x.shape[0]-window)//stride+1; cols=(x.shape[1]-window)//stride+1
    out=np.zeros((rows,cols))
    for i in range(rows):
        for j in range(cols):
            best=x[i*stride,j*stride]
            for a in range(window):
                for b in range(window):
                    if x[i*stride+a,j*stride+b]<best: best=x[i*stride+a,j*stride+b]
            out[i,j]=best
    return out
w(E.check_max_pool, '< for >', ['You keep the smallest number of each window.'], m2)
def a1(x,window,stride):
    rows=(x.shape[0]-window)//stride+1; cols=(x.shape[1]-window)//stride+1
    out=np.zeros((rows,cols)); 
    for i in range(rows):
        for j in range(cols):
            out[i,j]=x[i*window:i*window+window,j*window:j*window+window].sum()/window**2 if x[i*window:i*window+window,j*window:j*window+window].size else 0
    return out
w(E.check_pooled_layer, 'loop forgets else: relu only on first channel', ['You are right at the first index, but not elsewhere'], lambda m: np.concatenate([np.maximum(m[:1],0),m[1:]]).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).mean((2,4)))
def q1(volts,bits,full_scale):
    step=full_scale/(2**bits-1)
    return np.clip(np.round(volts/step),0,2**bits-1).astype(np.uint8)
w(E.check_quantize, '2^b-1, round, uint8', ['You divide the range into 2**bits − 1 steps. ', 'The results are stored as bytes: they wrap ro'], q1)
w(E.check_quantize, 'clip volts to fs then floor (top code 2^b)', ['The top is not clipped: the end of the range, and all beyond'], lambda v,b,fs: np.floor(np.clip(v,0,fs)/(fs/2**b)))
w(E.check_to_gray, 'mean of weighted (divided by 3) after swap', ['Everything is 3 times too small: that divisor', 'The weights are right, but they have changed '], lambda im: (0.114*im[...,0]+0.587*im[...,1]+0.299*im[...,2])/3)
w(E.check_flat_index, '(row*H+col)*C+ch+1', ['A row is as long as the picture is wide: mult', 'Every number is one too large.'], lambda i,s:(i[0]*s[0]+i[1])*s[2]+i[2]+1)
w(E.check_out_size, '(n - k + p)/s + 1 int', ['The padding is counted once. It lies on both ', 'The dilation is forgotten: a kernel with gaps'], lambda n,k,s,p,d: np.array([int((a-b+p)/s)+1 for a,b in zip(n,k)]))
w(E.check_out_size, 'k_eff=k+(k-1)*d', ['A dilation of 1 has no gaps: there are d − 1 pixels in each '], lambda n,k,s,p,d: (n+2*p-(k+(k-1)*d))//s+1)
w(E.check_echo, 'max instead of sum', ['Where sound and echo overlap, the louder one alone is heard'], lambda x,d,s: np.maximum(np.concatenate([x,np.zeros(d)]),s*np.concatenate([np.zeros(d),x])))
def mi(image,width):
    top=image[:width][::-1]; bottom=image[-width:][::-1]
    tall=np.vstack([bottom,image,top])
    return np.pad(tall,[(0,0),(width,width)],mode="symmetric")
w(E.check_mirror, 'top and bottom swapped', ['The border of the rows is not turned round at both ends, and'], mi)
w(E.check_zero_mean, 'divide by len', ['You take the kernel to be square: divide by `kernel.size`.'], lambda k: k-np.sum(k)/len(k)/len(k))
w(E.check_relu, 'abs/2+x/2 wrong sign', ['The wrong half is cut off: what is positive b', 'Everything is twice as large as it should be:'], lambda x:(np.abs(x)-x))
w(E.check_compose, 'valid conv of padded by 1', ['You lay a border of one pixel around `first`, whatever the s'], lambda a,b: conv2d(np.pad(a,1),b,flip=True))
w(E.check_response, 'bias before multiplying (window+bias)', ['The bias is added to every pixel, before the weights'], lambda w_,f,b: max(0,((w_.astype(float)+b)*f).sum()))
w(E.check_layer, 'filters overwritten: last channel only no bias', ['Only one channel gets through: the others are', 'The bias does not come in yet.'], lambda x,f,b: np.stack([conv2d(x[-1].astype(float),f[k,-1]) for k in range(len(f))]))
w(E.check_count, 'c*k*k*f + f*k', ['There is a bias for each row of a kernel'], lambda c,f,k:c*k*k*f+f*k)
w(E.check_counts, 'all without biases of dense, conv of all places', ['(dense layer) The biases are forgotten: each output has one,'], lambda n,c,k,f:[n*n*c*(n-k+1)**2*f,(k*k*c+1)*(n-k+1)**2*f,(k*k*c+1)*(n-k+1)**2*f])
def fi(layers):
    r,j,out=1,1,[]
    for k,s in layers:
        j*=s; r+=(k-1)*j; out.append(r+1)
    return out
w(E.check_fields, 'j first, r+1', ['Begin with 1, not 2: a pixel sees itself.', "A layer's own stride counts for the layers be"], fi)
w(E.check_softmax, 'min shift and sum over all', ['The shares of the whole batch sum to 1 together'], lambda z,t:(lambda e:e/e.sum())(np.exp((z-z.max(1,keepdims=True))/t)))
def ce(p,labels):
    total=0
    for i,l in enumerate(labels): total-=np.log(p[i,l])
    return total/(i+2)
w(E.check_cross_entropy, 'divides by N+1', ['You divide by one more than there are pictures.'], ce)
def lg(p,labels):
    g=p.copy()
    for i in range(len(labels)): g[i,labels[i]]=g[i,labels[i]]-1/len(labels)
    return g
w(E.check_loss_gradient, 'only truth divided by N', ['The truth is divided by N twice.', 'The division by the number of pictures is mis'], lg)
w(E.check_update, 'g/lr sign +', ['The learning rate is fixed at −1 / (`learning_rate`): use th'], lambda w_,g,lr: w_+g/lr)
w(E.check_relu_backward, 'where x>=g', ['You compare the input with the gradient'], lambda g,x: np.where(x>=g,g,0))
w(E.check_flatten_backward, 'reshape N last', ['The shape is right, but the numbers are in th', 'The first axis has become the last one.'], lambda g,x: g.reshape(x.shape[1:]+(len(x),)))
def gr(loss,weight,step):
    out=np.zeros_like(weight); base=loss(weight)
    for i in np.ndindex(weight.shape):
        v=weight.copy(); v[i]+=step; out[i]=(loss(v)-base)/(2*step)
    return out
w(E.check_gradient, 'one side over 2h', ['You compare one side with the middle'], gr)
w(E.check_report, 'mean of test over best val and best train', ['You average the tests of two settings'], lambda a,b,c:(c[b.argmax()]+c[a.argmax()])/2)
def cv(certainty,picture,window,stride):
    out=[]
    for i in range(0,picture.shape[0]-window+1,stride):
        row=[]
        for j in range(0,picture.shape[1]-window+1,stride):
            q=picture.copy(); q[i:i+window,j:j+window]*=0.5; row.append(certainty(picture)-certainty(q))
        out.append(row)
    return out
w(E.check_covering, 'halves instead of covering', ['You multiply the square by 0.5'], cv)
w(E.check_climb, 'x+r*g/g.mean', ['The gradient is divided by the sum of its sizes'], lambda x,g,r: np.clip(x+r*g/np.abs(g).sum(),0,1))
w(E.check_gram, 'means over rows then', ['You divide by how many maps there are'], lambda m:(lambda a:a@a.T/a.shape[0])(m.reshape(len(m),-1)))
w(E.check_display, 'round up to int then wrap only top', ['Only one end of the range is guarded; beyond the other one, '], lambda v: np.where(v<0,0,v).astype(int)%256)
w(E.check_flip, 'k[::-1].T', ['That is a quarter turn'], lambda k: k[::-1].T)

# ---- a third set
def quant(volts,bits,full_scale):
    out=[]
    for v in volts.ravel():
        c=int(v/full_scale*2**bits)
        if c>2**bits: c=2**bits-1
        out.append(max(c,0))
    return np.array(out).reshape(volts.shape)
w(E.check_quantize, '> in place of >=, full scale gives 2^n', ['Only what lies beyond the range is clipped'], quant)
w(E.check_quantize, 'step = fs/bits', ['The number of codes is wrong: each bit doubles it, so n bits'], lambda v,b,fs: np.clip((v/(fs/b)).astype(int),0,2**b-1))
def gray(im):
    out=np.zeros(im.shape[:2],dtype=np.uint8)
    for r in range(im.shape[0]):
        for c in range(im.shape[1]):
            out[r,c]=0.299*im[r,c,0]+0.587*im[r,c,1]+0.114*im[r,c,2]
    return out
w(E.check_to_gray, 'uint8 output array', ['The fractions are cut off: they are stored as integers'], gray)
w(E.check_to_gray, 'green weight forgotten 0.299 R+0.114 B', ['green does not come in: its weight is 0'], lambda im: .299*im[...,0]+.114*im[...,2])
w(E.check_flat_index, '(row*W+col)*3 + channel: 3 fixed', ['`shape[2]` is not used: your function takes 3 in its place, '], lambda i,s:(i[0]*s[1]+i[1])*3+i[2])
w(E.check_pixel, 'im[row,col] reversed channel and row-1', ['You counted the rows from 1. The first row is', 'The three numbers come in the order blue, gre'], lambda im,row,col: im[row-1,col][::-1])
def sl_short(image,kernel):
    kh,kw=kernel.shape; out=[]
    for r in range(image.shape[0]-kh+1):
        row=[]
        for c in range(image.shape[1]-kw+1):
            s=0
            for i in range(kh-1):
                for j in range(kw):
                    s+=float(image[r+i,c+j])*kernel[i,j]
            row.append(s)
        out.append(row)
    return np.array(out)
w(E.check_slide, 'inner loop range(kh-1)', ['The last row of each window is left out.'], sl_short)
w(E.check_slide, 'int() of each sum', ['Fractions are cut off: the results go into integers'], lambda im,k: np.array([[int((im[r:r+k.shape[0],c:c+k.shape[1]].astype(float)*k).sum()) for c in range(im.shape[1]-k.shape[1]+1)] for r in range(im.shape[0]-k.shape[0]+1)]))
w(E.check_convolve, 'flip via transpose twice and same padded', ['Your map is as large as the picture: that is "same", with ze'], lambda im,k: conv2d(np.pad(im.astype(float),[((k.shape[0]-1)//2,k.shape[0]//2),((k.shape[1]-1)//2,k.shape[1]//2)]),k.T.T))
w(E.check_echo, 'x[i-d]*s wraps with negative index', ["An index below 0 counts from the end: the echo of the sound'"], lambda x,d,s: np.array([ (x[i] if i<len(x) else 0)+s*x[(i-d)%len(x)] for i in range(len(x)+d)]))
w(E.check_mirror, 'np.pad reflect then width+1', ['The border is one pixel too wide.', 'The first row and the first column are missin'], lambda im,wd: np.pad(im,wd+1,mode="symmetric")[1:,1:])
w(E.check_out_size, '(n+2p-k*d)//s + 1 then // ', ['With dilation d your kernel spans d · k pixel', 'You counted the steps. Positions are one more'], lambda n,k,s,p,d: (n+2*p-k*d+1)//s)
w(E.check_out_size, 'square: n[0] for both & no dilation', ['The dilation is forgotten: a kernel with gaps', 'The number of columns is that of the rows: co'], lambda n,k,s,p,d: np.array([(n[0]+2*p-k[0])//s+1]*2))
w(E.check_zero_mean, 'k - k.mean() then clip negatives', ['Negative weights have become 0: they are what objects to bri'], lambda k: np.clip(k-k.mean(),0,None))
w(E.check_relu, 'values > 0 * values precedence: values>(0*values)', ['You say whether a number is positive: 1 or 0, the slope of R'], lambda v: v>(0*v))
w(E.check_compose, 'first and second multiplied after padding to full', ['You multiply the two kernels cell by cell on a larger sheet'], lambda a,b: np.pad(a,[(0,b.shape[0]-1),(0,b.shape[1]-1)])*np.pad(b,[(0,a.shape[0]-1),(0,a.shape[1]-1)]))
w(E.check_response, 'sum over channels of relu(sum)+bias then relu/len', ['You take a mean of the channels'], lambda w_,f,b: max(0,(w_.astype(float)*f).sum()/len(w_)+b))
w(E.check_layer, 'bias[c] instead of bias[k] added once: bias[0..]', ['You are right at the last index, but not elsewhere'], lambda x,f,b: np.stack([conv2d(x.astype(float),f[k][None])[0]+b[min(k+1,len(b)-1)] for k in range(len(f))]))
w(E.check_count, 'f*k*k*c+f*c... (k*k+1)*c + f', ['That is a single filter. There are several.', 'There is a bias for each channel, too. There '], lambda c,f,k:(k*k+1)*c+f)
w(E.check_counts, 'local forgets channels', ['(locally connected layer) The channels are forgotten: window'], lambda n,c,k,f:[(n*n*c+1)*(n-k+1)**2*f,(k*k+1)*(n-k+1)**2*f,(k*k*c+1)*f])
def mp(x,window,stride):
    rows=(x.shape[0]-window)//stride+1; cols=(x.shape[1]-window)//stride+1
    out=np.zeros((rows,cols))
    for i in range(rows):
        for j in range(cols):
            for a in range(window):
                for b in range(window):
                    out[i,j]=max(out[i,j],x[i*stride+a,j*stride+b])
    return out
w(E.check_max_pool, 'out starts as zeros', ['A window of negative numbers gives 0: your search for the la'], mp)
w(E.check_avg_pool, 'np.mean(...).astype int via out int', ['The fractions are cut off: the output is an array of integer'], lambda x,wd,s: avg_pool2d(x,wd,stride=s).astype(int))
w(E.check_avg_pool, 'mean of max and min', ['You take the middle between the largest and the smallest num'], lambda x,wd,s: (max_pool2d(x,wd,stride=s)-max_pool2d(-x,wd,stride=s))/2)
w(E.check_softmax, 'exp then divide by t at end of sum', ['Everything is divided by `temperature`, where nothing like t'], lambda z,t:(lambda e:e/(e.sum(1,keepdims=True)*t))(np.exp(z/t-(z/t).max(1,keepdims=True))))
w(E.check_cross_entropy, 'labels+1 column', ['The column after the true class is taken.'], lambda p,y: -np.log(p[np.arange(len(y)),(y+1)%p.shape[1]]).mean())
w(E.check_cross_entropy, 'mean over N*K, plus sign', ['Everything is divided by the length of `probabilities` along'], lambda p,y: (np.eye(p.shape[1])[y]*np.log(p)).mean())
w(E.check_loss_gradient, '(p-onehot)*p', ["The slope is multiplied by the probabilities: softmax's slop"], lambda p,y:(p-np.eye(p.shape[1])[y])*p/len(p))
w(E.check_update, 'weight -= lr*grad*len', ['The learning rate is fixed at the length of `weight` · `lear'], lambda wt,g,lr: wt-lr*g*len(wt))
w(E.check_relu_backward, 'np.where(x>0,1,0)*x', ['That is the way forward, ReLU itself'], lambda g,x: np.where(x>0,1,0)*x)
w(E.check_flatten_backward, 'x.reshape like gradient', ['`gradient` and `x` have changed places.'], lambda g,x: x.reshape(g.shape))
def ng_once(loss,weight,step):
    out=np.zeros(weight.shape)
    for i in np.ndindex(weight.shape):
        v=weight; v=v.copy(); v[i]+=step; up=loss(v); v[i]-=step; down=loss(v); out[i]=(up-down)/(2*step)
    return out
w(E.check_gradient, 'v[i]-=step once', ['You compare one side with the middle'], ng_once)
w(E.check_covering, 'covers window x stride', ['You cover a rectangle, `window` high and `stride` wide'], lambda c,p,wd,s: np.array([[c(p)-c((lambda q:(q.__setitem__((slice(i,i+wd),slice(j,j+s)),0),q)[1])(p.copy())) for j in range(0,p.shape[1]-wd+1,s)] for i in range(0,p.shape[0]-wd+1,s)]))
w(E.check_climb, 'minus then abs clip', ['Pixels below 0 are reflected: their sign is dropped'], lambda x,g,r: np.clip(np.abs(x+r*g),0,1))
w(E.check_gram, 'einsum over hw wrong divides by F*H*W sum', ['Those are sums over the places. Divide by how', 'Everything is divided by the length of `maps`'], lambda m: np.einsum("ihw,jhw->ij",m,m)/(m.shape[0]*m.shape[1]))
w(E.check_report, 'np.argmax(test) of sorted val', ['The tests are sorted before the choice: then they no longer '], lambda a,b,c: np.sort(c)[np.argmax(b)])
w(E.check_display, 'int8 wrap', ['The results are stored in 8 bits with a sign: beyond −128 to'], lambda v: np.clip(v,0,255).astype(np.int8))
w(E.check_pooled_layer, 'pool over channels axis', ['The pooling is missing: the maps are as large', 'The numbers are averaged along the first axis'], lambda m: np.maximum(m,0).mean(axis=0))
