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
w(S, 'average instead of sum and flipped', ['The kernel is flipped (turned by 180°) before it is used. He', 'Everything is divided by how many numbers `kernel` has, wher'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k[::-1,::-1]).mean()))
w(S, 'subtracts the window mean first', ['The mean of `kernel` is subtracted first.'], lambda im,k: loop(im,k,lambda p,k,i,j:((p-p.mean())*k).sum()))
w(S, 'normalises by kernel sum of abs', ['`kernel` is divided by the sum of its sizes.'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum()/np.abs(k).sum()))
w(S, 'pixel normalised to 0..1 first', ['The numbers in `image` are divided by 255.'], lambda im,k: loop(im/255,k,lambda p,k,i,j:(p*k).sum()))
w(S, 'stride 2', ['Only every second row and column is there: the loops go on i'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum())[::2,::2])
w(S, 'starts at row 1', ['The first row is missing: the loop begins one place too late'], lambda im,k: loop(im,k,lambda p,k,i,j:(p*k).sum())[1:])
w(S, 'absolute products', ['The signs are dropped before the sum is taken.'], lambda im,k: loop(im,k,lambda p,k,i,j:np.abs(p*k).sum()))
w(S, 'plus equals without reset per row', ['A running total goes on along each row: each number has to b'], lambda im,k: np.cumsum(loop(im,k,lambda p,k,i,j:(p*k).sum()),1))
w(S, 'rounded', ['The results are rounded to whole numbers'], lambda im,k: np.round(loop(im,k,lambda p,k,i,j:(p*k).sum())))
w(S, 'sum of squares diff (template matching)', ['You compare window and kernel by their differences. Multiply'], lambda im,k: loop(im,k,lambda p,k,i,j:((p-k)**2).sum()))
w(S, 'indices swapped in slice: im[j:j+kh,i:i+kw]', ['Your map is transposed: its rows and columns are swapped. Ro'], lambda im,k: np.array([[ (im[j:j+k.shape[0],i:i+k.shape[1]].astype(float)*k).sum() for j in range(im.shape[0]-k.shape[0]+1)] for i in range(im.shape[1]-k.shape[1]+1)]))
w(S, 'last column missing and transposed kernel', ['The kernel is flipped (turned by 180°) before it is used. He', 'The last column is missing: the loop ends one place too earl'], lambda im,k: loop(im,k[::-1,::-1],lambda p,k,i,j:(p*k).sum())[:,:-1])
w(S, 'full', ['Your map holds every place where kernel and picture touch ("'], lambda im,k: loop(np.pad(im,[(k.shape[0]-1,)*2,(k.shape[1]-1,)*2]),k,lambda p,k,i,j:(p*k).sum()))
w(S, 'same edge pad', ['Your map is as large as the picture ("same"): the picture is'], lambda im,k: loop(np.pad(im,[((k.shape[0]-1)//2,k.shape[0]//2),((k.shape[1]-1)//2,k.shape[1]//2)],mode="edge"),k,lambda p,k,i,j:(p*k).sum()))
M=E.check_max_pool
def pool(x,w_,s,f,rows=None,cols=None):
    rows=(x.shape[0]-w_)//s+1 if rows is None else rows; cols=(x.shape[1]-w_)//s+1 if cols is None else cols
    return np.array([[f(x[i*s:i*s+w_,j*s:j*s+w_]) for j in range(cols)] for i in range(rows)])
w(M, 'max over rows only', ['The largest of the first column alone is taken. All numbers'], lambda x,w_,s: pool(x,w_,s,lambda p:p.max(axis=0)[0]))
w(M, 'starts search at -1', ['The search for the largest begins at −1. Begin with a number'], lambda x,w_,s: pool(x,w_,s,lambda p:max(-1,p.max())))
w(M, 'starts search at -1000', ['The search for the largest begins at −1000. Begin with a num'], lambda x,w_,s: pool(x,w_,s,lambda p:max(-1000,p.max())))
w(M, 'casts to uint8', ['The results are stored as bytes: they wrap round beyond 0 to'], lambda x,w_,s: pool(x,w_,s,np.max).astype(int).astype(np.uint8))
w(M, 'second largest', ['You keep the second largest number of each window.'], lambda x,w_,s: pool(x,w_,s,lambda p:np.sort(p.ravel())[-2]))
w(M, 'window center', ['The number in the middle alone is taken: the largest is aske'], lambda x,w_,s: pool(x,w_,s,lambda p:p[w_//2,w_//2]))
w(M, 'range(0,H,stride) partial windows', ['the last ones hang over it'], lambda x,w_,s: np.array([[x[i:i+w_,j:j+w_].max() for j in range(0,x.shape[1],s)] for i in range(0,x.shape[0],s)]))
w(M, 'range(0,H-w,s) drops last', ['A loop to side − window ends before the last place: places a'], lambda x,w_,s: np.array([[x[i:i+w_,j:j+w_].max() for j in range(0,x.shape[1]-w_,s)] for i in range(0,x.shape[0]-w_,s)]))
w(M, 'mean then rounding', ['That is average pooling. Here the largest number of each win', 'The results are rounded to whole numbers. Leave their fracti'], lambda x,w_,s: np.round(pool(x,w_,s,np.mean)))
A=E.check_avg_pool
w(A, 'divides by w*s', ['The windows are added up; the division is mis', 'Everything is divided by `window` · `stride`,'], lambda x,w_,s: pool(x,w_,s,lambda p:p.sum()/(w_*s)))
w(A, 'divides by number of nonzero', ['You divide by how many numbers are not 0'], lambda x,w_,s: pool(x,w_,s,lambda p:p.sum()/max(1,np.count_nonzero(p))))
w(A, 'mean of row means rounded', [], lambda x,w_,s: pool(x,w_,s,lambda p:np.round(p.mean(axis=1)).mean()))
w(A, 'abs mean', ['The signs in `x` are dropped.'], lambda x,w_,s: pool(x,w_,s,lambda p:np.abs(p).mean()))
w(A, 'swapped axes and sum', ['Rows and columns of the output are swapped.', 'The windows are added up; the division is missing.'], lambda x,w_,s: pool(x,w_,s,np.sum).T)
F=E.check_flat_index
w(F, 'row*W + col*C + ch... forgets', [], lambda i,s: i[0]*s[1]+i[1]*s[2]+i[2]*s[0])
w(F, '(row+col*W)*C+ch with -1', ['`channel` is one too small in one place.'], lambda i,s: (i[0]*s[1]+i[1])*s[2]+i[2]-1)
w(F, 'product index', ['You multiplied the index itself'], lambda i,s: int(np.prod(i)))
w(F, 'ch*H*W + row*W*C', ["The channel is multiplied by the picture's size, as in CHW,", 'Your number is too small by `index[1]` · `shape[2]`: that is'], lambda i,s: i[2]*s[0]*s[1]+i[0]*s[1]*s[2])
w(F, 'row*W*C + col*C (channel twice)', ['`channel` is counted twice.'], lambda i,s: i[0]*s[1]*s[2]+i[1]*s[2]+2*i[2])
w(F, 'row*(W*C) + col*C + ch + channels', ['`col` is one too large in one place.'], lambda i,s: i[0]*s[1]*s[2]+i[1]*s[2]+i[2]+s[2])
G=E.check_to_gray
w(G, '0.587 typed .578', ['The weight of green is 0.578 in your function; 0.587 is mean'], lambda im: im@[.299,.578,.114])
w(G, 'max-min', ['You took the largest channel less the smallest: that says ho'], lambda im: im.max(-1).astype(int)-im.min(-1))
w(G, 'one weight twice', ['One channel is read twice, and another never: an index is ty'], lambda im: .299*im[...,0]+.587*im[...,1]+.114*im[...,1])
w(G, 'uint8 cast after round', ['The results are rounded to whole numbers'], lambda im: np.round(im@[.299,.587,.114]).astype(np.uint8))
w(G, 'BGR with /255', ['Red and blue have changed places: 0.299 is the weight of the', 'Everything is 255 times too small: it is divided by 255, but'], lambda im: im[...,::-1]@[.299,.587,.114]/255)
w(G, 'inverted', ['The picture is inverted: white comes out as 0, black as 255.'], lambda im: 255-im@[.299,.587,.114])
w(G, 'weights sum 1.0 but other: .3,.59,.11', ['The weights are rounded. Take 0.299, 0.587, 0.114 as they ar'], lambda im: im@[.3,.59,.11])
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
w(O, 'padding once and no +1', ['You counted the steps. Positions are one more than steps, as', 'The padding is counted once. It lies on both sides: before a'], lambda n,k,s,p,d: (n+p-d*(k-1)-1)//s)
w(O, 'n//s', ['`size` stands where `room` belongs.', 'Every number is one too small.'], lambda n,k,s,p,d: n//s)
w(O, '(n-k)//s + 1 + 2p', ['The padding is added behind the division'], lambda n,k,s,p,d: (n-d*(k-1)-1)//s+1+2*p)
w(O, '(n+2p-k)/s+1 rounded', ['That is the formula without its floor. It leaves fractions:', 'The results are rounded to whole numbers. Leave their fracti'], lambda n,k,s,p,d: np.round((n+2*p-k)/s+1))
w(O, 'dilation multiplies n', ['The dilation widens the picture in your formula'], lambda n,k,s,p,d: (n*d+2*p-k)//s+1)
X=E.check_cross_entropy
w(X, 'log2 and sum', ['That is another logarithm. `np.log` is the na', 'The losses of the batch are added up. Take th'], lambda p,y: -np.log2(p[range(len(y)),y]).sum())
w(X, 'exp of loss (perplexity)', ['An exponential is taken of the results.'], lambda p,y: np.exp(-np.log(p[range(len(y)),y]).mean()))
w(X, 'no minus and sum/K', ['The losses of the batch are added up. Take th', 'Everything is divided by the length of `proba'], lambda p,y: np.log(p[range(len(y)),y]).sum()/p.shape[1])
w(X, 'KL entropy', ['All classes count, whatever the label'], lambda p,y: -(p*np.log(p)).sum(1).mean())
w(X, 'brier', ['That is the squared error. Cross-entropy is t', 'Everything is multiplied by the length of `pr'], lambda p,y: ((p-np.eye(p.shape[1])[y])**2).sum(1).mean())
def first(p,y):
    for i in range(len(y)): return -np.log(p[i,y[i]])
w(X, 'return in loop', ['A single picture counts, the first or the last: is there a `'], first)
L=E.check_loss_gradient
w(L, 'sum not mean, sign flipped', ['The sign is the wrong way round: probabilities minus truth p'], lambda p,y: np.eye(p.shape[1])[y]-p)
w(L, 'divide by K', ['You divide by the number of classes'], lambda p,y: (p-np.eye(p.shape[1])[y])/p.shape[1])
w(L, '-onehot/p without N and softmax', ['That is the slope for the probabilities, −1/p, and without t'], lambda p,y: -np.eye(p.shape[1])[y]/(p+1e-9))
w(L, 'only subtracts for first row', ['You are right at the first index, but not elsewhere'], lambda p,y: (lambda q:(q.__setitem__((0,y[0]),q[0,y[0]]-1),q/len(p))[1])(p.copy()))
w(L, '2*(p-y)/N mse', ['Everything is twice too steep: the 2 belongs to a squared er'], lambda p,y: 2*(p-np.eye(p.shape[1])[y])/len(p))
Z=E.check_softmax
w(Z, 'sigmoid', ['Each logit by itself goes through a sigmoid: that is for yes'], lambda z,t: 1/(1+np.exp(-z/t)))
w(Z, 'exp base 2', ['A power of 2 is taken: the exponential is asked for.'], lambda z,t: (lambda e:e/e.sum(1,keepdims=True))(2**(z/t-(z/t).max(1,keepdims=True))))
w(Z, 'divide by max of exps', ['The exponentials are not divided by their sum, so the probabilities'], lambda z,t: (lambda e:e/e.max(1,keepdims=True))(np.exp(z/t-(z/t).max(1,keepdims=True))))
w(Z, 'batch mean shift & no temp', ['The temperature changes nothing'], lambda z,t: (lambda e:e/e.sum(1,keepdims=True))(np.exp(z-z.max(1,keepdims=True))))
w(Z, 'rounded to 2 decimals', ['The results are rounded to 2 decimals'], lambda z,t: np.round((lambda e:e/e.sum(1,keepdims=True))(np.exp(z/t-(z/t).max(1,keepdims=True))),2))
w(Z, 'transposed result sum axis0', ['Rows and columns of the result are swapped.'], lambda z,t: (lambda e:e/e.sum(0))(np.exp(z.T/t-(z.T/t).max(0))))
K=E.check_compose
w(K, 'full correlate + swapped', ['That slides one kernel over the other as `conv2d` does'], lambda a,b: correlate2d(b,a,"full"))
w(K, 'full but only half', ['Everything is half as large as it should be: a division by 2'], lambda a,b: convolve2d(a,b,"full")/2)
w(K, 'sum of padded', ['You add the two kernels on a larger sheet'], lambda a,b: np.pad(a,[(0,n-1) for n in b.shape])+np.pad(b,[(0,n-1) for n in a.shape]))
w(K, 'last row col missing', ['The last row and the last column are missing: the loop ends'], lambda a,b: convolve2d(a,b,"full")[:-1,:-1])
V=E.check_convolve
w(V, 'flipped image and kernel', ['The map is flipped, not the kernel (or picture and kernel bo'], lambda im,k: loop(im[::-1,::-1],k[::-1,::-1],lambda p,k,i,j:(p*k).sum()))
w(V, 'flip lr only & abs', ['Only the columns are reversed. That mirrors; half a turn rev', 'The signs are lost: an absolute value (or a square) is taken'], lambda im,k: np.abs(loop(im,k[:,::-1],lambda p,k,i,j:(p*k).sum())))
w(V, 'np.flip(k,0)', ['Only the order of the rows is reversed. That mirrors; half a'], lambda im,k: loop(im,np.flip(k,0),lambda p,k,i,j:(p*k).sum()))
w(V, 'mode same reflect', ['Your map is as large as the picture ("same"): the picture is'], lambda im,k: loop(np.pad(im,[((k.shape[0]-1)//2,k.shape[0]//2),((k.shape[1]-1)//2,k.shape[1]//2)],mode="reflect"),k[::-1,::-1],lambda p,k,i,j:(p*k).sum()))
w(V, 'uint8 result', ['The results are stored as bytes: they wrap round beyond 0 to'], lambda im,k: loop(im,k[::-1,::-1],lambda p,k,i,j:(p*k).sum()).astype(int).astype(np.uint8))
Ec=E.check_echo
w(Ec, 'echo negative', ['The echo is subtracted'], lambda x,d,s: np.concatenate([x,np.zeros(d)])-s*np.concatenate([np.zeros(d),x]))
w(Ec, 'mean of both', ['Everything is half as large as it should be: a division by 2'], lambda x,d,s: (np.concatenate([x,np.zeros(d)])+s*np.concatenate([np.zeros(d),x]))/2)
w(Ec, 'delay off by one and strength squared', ['The echo is weakened twice: `strength` is in ', 'The echo comes one sample too late: its first'], lambda x,d,s: np.concatenate([x,np.zeros(d+1)])+s*s*np.concatenate([np.zeros(d+1),x]))
w(Ec, 'convolve kernel reversed', ['The weak sound comes first'], lambda x,d,s: np.convolve(x,[s]+[0]*(d-1)+[1]))
w(Ec, 'kernel one zero too many', ['The echo comes one sample too late: its first sample belongs'], lambda x,d,s: np.convolve(x,[1]+[0]*d+[s]))
Mi=E.check_mirror
w(Mi, 'edge pad rows only', ['The border of the rows, or of the columns, is made of copies', 'The border is above and below only: columns need one as well'], lambda im,w_: np.pad(im,[(w_,w_),(0,0)],mode="edge"))
w(Mi, 'concat im[:w] not reversed top, reversed bottom', ['`image[:width]` is not turned round.'], lambda im,w_: np.pad(np.vstack([im[:w_],im,im[-w_:][::-1]]),[(0,0),(w_,w_)],mode="symmetric"))
w(Mi, 'width 1 too few', ['The outermost rows and columns are missing: the loops leave'], lambda im,w_: np.pad(im,w_-1,mode="symmetric"))
w(Mi, 'zeros columns', ['The border of the rows, or of the columns, is made of zeros.'], lambda im,w_: np.pad(np.pad(im,[(w_,w_),(0,0)],mode="symmetric"),[(0,0),(w_,w_)]))
Fl=E.check_flip
w(Fl, 'transposed both', ['That is a quarter turn'], lambda k: k.T[::-1])
w(Fl, 'flip only rows and negated', ['Only the order of the rows is reversed. That mirrors; half a', 'It is turned, but the signs are changed. Half a turn moves t'], lambda k: -k[::-1])
ZM=E.check_zero_mean
w(ZM, 'subtract max', ['You subtract the largest weight'], lambda k: k-k.max())
w(ZM, 'mean of abs', ['You take the mean without the signs: negative weights count '], lambda k: k-np.abs(k).mean())
w(ZM, 'divide by n-1', ['The mean is over all cells: you divide by one too few, or to'], lambda k: k-k.sum()/(k.size-1))
w(ZM, 'subtract mean twice', ['`kernel.sum() / kernel.size` is subtracted twice.'], lambda k: k-2*k.mean())
w(ZM, 'standardise', ['You divide by the standard deviation, too.'], lambda k: (k-k.mean())/k.std(ddof=1))
Re=E.check_relu
w(Re, 'x*(x>1)', ['What lies between 0 and 1 becomes 0'], lambda x: x*(x>1))
w(Re, 'abs then', ['The signs in `values` are turned.'], lambda x: (np.abs(x)-x)/2)
w(Re, 'clip at 100', ['Nothing above 100 ever comes out: results beyond are cut off'], lambda x: np.clip(x,0,100))
w(Re, 'leaky .2', ['That is a leaky ReLU: 0.2 times what is negative passes.'], lambda x: np.where(x>0,x,.2*x))
Ly=E.check_layer
w(Ly, 'bias after relu', ['ReLU comes before the bias, and is not asked for here.'], lambda x,f,b: np.maximum(conv2d(x.astype(float),f),0)+b[:,None,None])
w(Ly, 'channels averaged no bias', ['You take a mean of the channels. A filter add', 'The bias does not come in yet.'], lambda x,f,b: conv2d(x.astype(float),f)/len(x))
w(Ly, 'bias broadcast over last axis mean', ['Every map gets the mean of the biases'], lambda x,f,b: conv2d(x.astype(float),f)+b.mean())
w(Ly, 'bias reversed', ['The biases are in another order: bias k belongs to filter k.'], lambda x,f,b: conv2d(x.astype(float),f)+b[::-1][:,None,None])
w(Ly, 'last channel dropped', ['The last map of `x` is left out.'], lambda x,f,b: conv2d(x[:-1].astype(float),f[:,:-1])+b[:,None,None] if len(x)>1 else b[:,None,None]+0*conv2d(x.astype(float),f))
Rs=E.check_response
w(Rs, 'relu of sum, bias times channels', ['The bias is added once for each channel'], lambda w_,f,b: max(0,(w_.astype(float)*f).sum()+len(w_)*b))
w(Rs, 'channel sums multiplied', ["The channels' sums are multiplied. A filter adds them up."], lambda w_,f,b: max(0,np.prod((w_.astype(float)*f).sum((1,2)))+b))
w(Rs, 'bias squared', ['`bias` is squared in your function.'], lambda w_,f,b: max(0,(w_.astype(float)*f).sum()+b*b))
Co=E.check_count
w(Co, 'f*(c*k+1)*k', ['The biases are missing: one for each filter.', 'Your number is too large by `filters` · `kernel`: that is co'], lambda c,f,k: f*(c*k+1)*k)
w(Co, '(k*k+1)*c*f ', ['There is a bias for each kernel'], lambda c,f,k: (k*k+1)*c*f)
w(Co, 'k*k*c*f + c*f', ['There is a bias for each kernel'], lambda c,f,k: k*k*c*f+c*f)
w(Co, '(c*k*k+1)*f - f*2', ['`1` is subtracted: it has to be added.'], lambda c,f,k: (c*k*k-1)*f)
w(Co, 'k^c', ['The channels are forgotten: a filter has a kernel for each o', 'Your number is too large by `channels`: that is counted once'], lambda c,f,k: f*k*k+c+f)
Cn=E.check_counts
P=lambda n,k:(n-k+1)**2
w(Cn, 'local shares per filter bias', ['The locally connected layer shares no biases either: each ou'], lambda n,c,k,f:[(n*n*c+1)*P(n,k)*f,k*k*c*P(n,k)*f+f,(k*k*c+1)*f])
w(Cn, 'dense without channels of output', ['The dense layer makes all maps, not one.'], lambda n,c,k,f:[(n*n*c+1)*P(n,k),(k*k*c+1)*P(n,k)*f,(k*k*c+1)*f])
w(Cn, 'same padding outputs only local', ['(locally connected layer) You count as many outputs as pixel'], lambda n,c,k,f:[(n*n*c+1)*P(n,k)*f,(k*k*c+1)*n*n*f,(k*k*c+1)*f])
Fi=E.check_fields
def rf(L,step,r=1,j=1):
    out=[]
    for k,s in L:
        r,j=step(r,j,k,s); out.append(r)
    return out
w(Fi, 'r*s+k', ['The field is multiplied by the stride'], lambda L: rf(L,lambda r,j,k,s:(r*s+k-1,j)))
w(Fi, 'r + (k-1)*s*j', ["A layer's own stride counts for the layers behind it: first "], lambda L: rf(L,lambda r,j,k,s:(r+(k-1)*s*j,j*s)))
w(Fi, 'max', ['The larger of the kernels is taken'], lambda L: rf(L,lambda r,j,k,s:(max(r,k),j)))
w(Fi, 'jump adds (s-1), k*j', ['k numbers have k − 1 steps between them: add (k − 1) · jump.', 'Jumps multiply: behind two strides of 2, neighbours lie 4 pi'], lambda L: rf(L,lambda r,j,k,s:(r+k*j,j+s-1)))
Up=E.check_update
w(Up, 'w*(1-lr*g)', ['The step is multiplied by the weight: a weight of 0 could ne'], lambda w_,g,lr: w_*(1-lr*g))
w(Up, 'w - lr*g**2', ['The numbers in `gradient` are squared.'], lambda w_,g,lr: w_-lr*g**2)
w(Up, 'w - g/10', ['`learning_rate` is not used: your function takes 0.1 in its'], lambda w_,g,lr: w_-g/10)
w(Up, 'normalised & up', ['The sign of the update is the wrong way round', 'The gradient is brought to the length 1. It c'], lambda w_,g,lr: w_+lr*g/np.linalg.norm(g))
w(Up, 'adds sum', ['One number for the whole gradient moves every weight alike.'], lambda w_,g,lr: w_-lr*g.sum())
w(Up, 'lr*w - g', ['You divide by the learning rate: the smaller ', 'Everything is multiplied by `learning_rate`, '], lambda w_,g,lr: lr*w_-g)
Rb=E.check_relu_backward
w(Rb, 'np.where(x>0,g,x)', ['At negative inputs the input itself comes back'], lambda g,x: np.where(x>0,g,x))
w(Rb, 'leaky backward', ['At negative inputs 0.01 times the gradient passes: that is a'], lambda g,x: np.where(x>0,g,.01*g))
w(Rb, 'mean over batch', ['The gradient is divided by how many numbers, or pictures, th'], lambda g,x: g*(x>0)/len(x))
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
w(Gr, 'second derivative', ['That is the second derivative: how the slope changes. The sl'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a-2*c+b)/h**2))
w(Gr, '(a-b)*2h', ['You multiply by `2 * step`: divide by it.'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a-b)*2*h))
w(Gr, 'abs', ['The signs are lost: an absolute value (or a square) is taken'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:abs(a-b)/(2*h)))
w(Gr, 'mean of a and b', ['`below` is added: it has to be subtracted.', 'Everything is multiplied by `step`, where nothing like that'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a+b)/2))
w(Gr, 'divide by h^2', ['The step is squared: the way is 2 · step.'], lambda f,w_,h: ng(f,w_,h,lambda a,b,c:(a-b)/(2*h*h)))
Rp=E.check_report
w(Rp, 'test at best train-val mean', ['The training part has a say in the choice, together with the'], lambda a,b,c: c[np.argmax((a+b)/2)])
w(Rp, 'mean of top two', ['That is a number of all settings together: it tells nothing'], lambda a,b,c: np.sort(c)[-2:].mean())
w(Rp, 'second best', ['The second best setting is chosen'], lambda a,b,c: c[np.argsort(b)[-2]])
w(Rp, 'val mean', ['That is a number of all settings together: it tells nothing'], lambda a,b,c: b.mean())
Cv=E.check_covering
def cov(c,p,w_,s,fill=0,lost=lambda a,b:a-b,oh=None,ow=None,ww=None,step=None):
    oh=(p.shape[0]-w_)//s+1 if oh is None else oh; ow=(p.shape[1]-w_)//s+1 if ow is None else ow
    o=np.zeros((oh,ow));base=c(p);ww=ww or w_;step=step or s
    for i in range(oh):
        for j in range(ow):
            q=p.copy();q[i*step:i*step+ww,j*step:j*step+ww]=fill;o[i,j]=lost(base,c(q))
    return o
w(Cv, 'fill 0.3', ['You cover with 0.3'], lambda c,p,w_,s: cov(c,p,w_,s,fill=.3))
w(Cv, 'abs and window-1', ['The signs are gone. Where the network becomes more certain,', 'Your square is one row and one column too small: a slice end'], lambda c,p,w_,s: cov(c,p,w_,s,lost=lambda a,b:abs(a-b),ww=max(w_-1,1)))
w(Cv, 'normalised by max', ['The results are divided by the largest'], lambda c,p,w_,s: (lambda o:o/o.max())(cov(c,p,w_,s)))
w(Cv, 'percent', ['Everything is 100 times too large: that factor is too much.'], lambda c,p,w_,s: 100*cov(c,p,w_,s))
w(Cv, '1-lost', ['The results are taken from 1.'], lambda c,p,w_,s: 1-cov(c,p,w_,s))
w(Cv, 'inverts the square 1-p', ['You invert the square: ink becomes paper, and paper ink'], lambda c,p,w_,s: (lambda o:[o.__setitem__((i,j),c(p)-c((lambda q:(q.__setitem__((slice(i*s,i*s+w_),slice(j*s,j*s+w_)),1-q[i*s:i*s+w_,j*s:j*s+w_]),q)[1])(p.copy()))) for i in range(o.shape[0]) for j in range(o.shape[1])] and o)(np.zeros(((p.shape[0]-w_)//s+1,(p.shape[1]-w_)//s+1))))
Cl=E.check_climb
w(Cl, 'x + r*g clipped 0..0.99', ['Nothing above 0.99 ever comes out: results beyond are cut of'], lambda x,g,r: np.clip(x+r*g,0,.99))
w(Cl, 'g normalised max, no rate', ['The rate does not come in: take rate times gradient.', 'You divide the gradient by its largest, mean or typical slop'], lambda x,g,r: np.clip(x+g/np.abs(g).max(),0,1))
w(Cl, 'tanh', ['A tanh squeezes all numbers. Only what lies beyond the range'], lambda x,g,r: np.tanh(x+r*g))
w(Cl, 'momentum double step', ['The step is multiplied by 2. The rate alone makes its length'], lambda x,g,r: np.clip(np.clip(x+r*g,0,1)+r*g,0,1))
w(Cl, 'only positive gradient', ['You clip the step, so that no pixel can lose ink'], lambda x,g,r: np.clip(x+r*np.where(g>0,g,0),0,1))
Gm=E.check_gram
w(Gm, 'divides by F*F', ['You divide by how many pairs of maps there are'], lambda m:(lambda a:a@a.T/len(m)**2)(m.reshape(len(m),-1)))
w(Gm, 'correlation', ['That is the correlation: means are subtracted and strengths '], lambda m:np.corrcoef(m.reshape(len(m),-1)))
w(Gm, 'sum over rows only', ['You divide by one side of the maps. Divide by the places, H'], lambda m:np.einsum("ihw,jhw->ij",m,m)/m.shape[1])
w(Gm, 'upper triangle', ['Only one half of the matrix is filled: it is the same on bot'], lambda m:np.triu(np.einsum("ihw,jhw->ij",m,m)/m[0].size))
w(Gm, 'sqrt', ['A square root is taken of the results.'], lambda m:np.sqrt(np.einsum("ihw,jhw->ij",m,m)/m[0].size))
w(Gm, 'cos similarity', ['Those are sums over the positions. Divide by how many positi', 'Each map is brought to the length 1. A Gram matrix takes map'], lambda m:(lambda a:a@a.T)((lambda a:a/np.linalg.norm(a,axis=1,keepdims=True))(m.reshape(len(m),-1))))
D=E.check_display
w(D, 'abs & clip 0 255 *2', [], lambda v: np.clip(np.abs(v)*2,0,255).astype(np.uint8))
w(D, 'scaled by max abs', ['You put 0 in the middle of the gray levels. Clipping leaves'], lambda v: (v/np.abs(v).max()*127+128).astype(np.uint8))
w(D, 'clip 0..250', ['Nothing above 250 ever comes out: results beyond are cut off'], lambda v: np.clip(v,0,250).astype(np.uint8))
w(D, 'rounded to tens', [], lambda v: (np.clip(v,0,255)//10*10).astype(np.uint8))
w(D, '255 - clip', ['are inverted: 255 less each.'], lambda v: (255-np.clip(v,0,255)).astype(np.uint8))
PL=E.check_pooled_layer
w(PL, 'avg then max(0) then sum', ['The ReLU comes after the average pooling: by then, negative', 'Everything is 4 times too large: that factor is too much.'], lambda m: np.maximum(m.reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).sum((2,4)),0))
w(PL, 'channel mean subtracted', ['The mean of each map of `maps` is subtracted first.'], lambda m: np.maximum(m-m.mean((1,2),keepdims=True),0).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).mean((2,4)))
w(PL, 'drop last channel', ['The last of the maps is missing.'], lambda m: np.maximum(m,0).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]//2,2).mean((2,4))[:-1])
w(PL, 'only rows pooled', ['Only the rows are pooled, two and two'], lambda m: np.maximum(m,0).reshape(m.shape[0],m.shape[1]//2,2,m.shape[2]).mean(2))
Px=E.check_pixel
w(Px, 'row off by one', ['`row` is one too small in your function.'], lambda im,r_,c: im[r_-1,c])
w(Px, 'channel index', ['That is the green of the pixel'], lambda im,r_,c: im[r_,c,1])
w(Px, 'sum', ['You added the three channels'], lambda im,r_,c: im[r_,c].sum())
w(Px, 'flat index', ['You took row + col for the place of the pixel'], lambda im,r_,c: im.reshape(-1,3)[r_+c])
w(Px, 'as list of floats /255', ['The numbers in `image` are divided by 255.'], lambda im,r_,c: im[r_,c]/255)
w(Px, 'reversed & swapped', ['Row and column are swapped: the row comes first in the index', 'The numbers come out in reverse order, the last one first.'], lambda im,r_,c: im[c,r_][::-1])
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
w(E.check_slide, 'total = not +=', ['The last number alone is taken: the sum is asked for.'], s2)
def s3(image,kernel):
    kh,kw=kernel.shape; out=np.zeros((image.shape[0]-kh+1,image.shape[1]-kw+1))
    total=0
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            total+=(image[r:r+kh,c:c+kw].astype(float)*kernel).sum()
            out[r,c]=total/kernel.size
    return out
w(E.check_slide, 'running total and mean', ['The mean is taken: the sum is asked for.', 'A running total goes on from number to number: each has to b'], s3)
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
w(E.check_convolve, 'result in image-size array, top left', ['The result lies in an array as large as the picture, with ze'], c1)
def m1(x,window,stride):
    out=[]
    for i in range(0,len(x)-window+1,stride):
        for j in range(0,x.shape[1]-window+1,stride):
            out.append(x[i:i+window,j:j+window].max())
    return out
w(E.check_max_pool, 'flat list', ['The result is one long row: its axes are lost.'], m1)
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
w(E.check_quantize, '2^b-1, round, uint8', ['A byte holds 0 to 255, and the codes of more than 8 bits wra', 'You divide the range into 2**bits − 1 steps. There are as ma'], q1)
w(E.check_quantize, 'clip volts to fs then floor (top code 2^b)', ['The top is not clipped: the end of the range, and all beyond'], lambda v,b,fs: np.floor(np.clip(v,0,fs)/(fs/2**b)))
w(E.check_to_gray, 'mean of weighted (divided by 3) after swap', ['Red and blue have changed places: 0.299 is the weight of the', 'Everything is 3 times too small: that divisor is too much.'], lambda im: (0.114*im[...,0]+0.587*im[...,1]+0.299*im[...,2])/3)
w(E.check_flat_index, '(row*H+col)*C+ch+1', ['A row is as long as the picture is wide: multiply the row by', 'One too many: counting begins at 0, so the very first value'], lambda i,s:(i[0]*s[0]+i[1])*s[2]+i[2]+1)
w(E.check_out_size, '(n - k + p)/s + 1 int', ['The padding is counted once. It lies on both ', 'The dilation is forgotten: a kernel with gaps'], lambda n,k,s,p,d: np.array([int((a-b+p)/s)+1 for a,b in zip(n,k)]))
w(E.check_out_size, 'k_eff=k+(k-1)*d', ['The dilation multiplies the gaps between the weights: the ke'], lambda n,k,s,p,d: (n+2*p-(k+(k-1)*d))//s+1)
w(E.check_echo, 'max instead of sum', ['Where sound and echo overlap, the louder one alone is heard'], lambda x,d,s: np.maximum(np.concatenate([x,np.zeros(d)]),s*np.concatenate([np.zeros(d),x])))
def mi(image,width):
    top=image[:width][::-1]; bottom=image[-width:][::-1]
    tall=np.vstack([bottom,image,top])
    return np.pad(tall,[(0,0),(width,width)],mode="symmetric")
w(E.check_mirror, 'top and bottom swapped', ['Two borders have changed places: a mirror shows the near sid'], mi)
w(E.check_zero_mean, 'divide by len', ['You take the kernel to be square: divide by `kernel.size`.'], lambda k: k-np.sum(k)/len(k)/len(k))
w(E.check_relu, 'abs/2+x/2 wrong sign', ['The wrong half is cut off: what is positive b', 'Everything is twice as large as it should be:'], lambda x:(np.abs(x)-x))
w(E.check_compose, 'valid conv of padded by 1', ['You lay a border of one pixel around `first`, whatever the s'], lambda a,b: conv2d(np.pad(a,1),b,flip=True))
w(E.check_response, 'bias before multiplying (window+bias)', ['The bias is added to every pixel, before the weights'], lambda w_,f,b: max(0,((w_.astype(float)+b)*f).sum()))
w(E.check_layer, 'filters overwritten: last channel only no bias', ['Only one channel gets through: the others are', 'The bias does not come in yet.'], lambda x,f,b: np.stack([conv2d(x[-1].astype(float),f[k,-1]) for k in range(len(f))]))
w(E.check_count, 'c*k*k*f + f*k', ['The biases are missing: one for each filter.', 'Your number is too large by `filters` · `kernel`: that is co'], lambda c,f,k:c*k*k*f+f*k)
w(E.check_counts, 'all without biases of dense, conv of all places', ['In a convolution all places share their weights: the size of', 'The dense layer has no biases in your count: one for each ou'], lambda n,c,k,f:[n*n*c*(n-k+1)**2*f,(k*k*c+1)*(n-k+1)**2*f,(k*k*c+1)*(n-k+1)**2*f])
def fi(layers):
    r,j,out=1,1,[]
    for k,s in layers:
        j*=s; r+=(k-1)*j; out.append(r+1)
    return out
w(E.check_fields, 'j first, r+1', ["A layer's own stride counts for the layers behind it: first", 'Every number is one too large.'], fi)
w(E.check_softmax, 'min shift and sum over all', ['The probabilities of the whole batch sum to 1 together'], lambda z,t:(lambda e:e/e.sum())(np.exp((z-z.max(1,keepdims=True))/t)))
def ce(p,labels):
    total=0
    for i,l in enumerate(labels): total-=np.log(p[i,l])
    return total/(i+2)
w(E.check_cross_entropy, 'divides by N+1', ['`len(shares)` is one too large in one place.'], ce)
def lg(p,labels):
    g=p.copy()
    for i in range(len(labels)): g[i,labels[i]]=g[i,labels[i]]-1/len(labels)
    return g
w(E.check_loss_gradient, 'only truth divided by N', ['Only the truth is divided by the number of pictures: parenth'], lg)
w(E.check_update, 'g/lr sign +', ['The sign of the update is the wrong way round: the gradient', 'You divide by the learning rate: the smaller it is, the long'], lambda w_,g,lr: w_+g/lr)
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
w(E.check_climb, 'x+r*g/g.mean', ['`gradient` is divided by the sum of its sizes.'], lambda x,g,r: np.clip(x+r*g/np.abs(g).sum(),0,1))
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
w(E.check_to_gray, 'green weight forgotten 0.299 R+0.114 B', ['The weight of green is 0 in your function; 0.587 is meant. T'], lambda im: .299*im[...,0]+.114*im[...,2])
w(E.check_flat_index, '(row*W+col)*3 + channel: 3 fixed', ['`shape[2]` is not used: your function takes 3 in its place, '], lambda i,s:(i[0]*s[1]+i[1])*3+i[2])
w(E.check_pixel, 'im[row,col] reversed channel and row-1', ['`row` is one too small in one place.', 'The numbers come out in reverse order, the last one first.'], lambda im,row,col: im[row-1,col][::-1])
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
w(E.check_slide, 'inner loop range(kh-1)', ['The last row of `kernel` is left out.'], sl_short)
w(E.check_slide, 'int() of each sum', ['The fractions are cut off: they are stored as integers. Coll'], lambda im,k: np.array([[int((im[r:r+k.shape[0],c:c+k.shape[1]].astype(float)*k).sum()) for c in range(im.shape[1]-k.shape[1]+1)] for r in range(im.shape[0]-k.shape[0]+1)]))
w(E.check_convolve, 'flip via transpose twice and same padded', ['Your map is as large as the picture: that is "same", with in'], lambda im,k: conv2d(np.pad(im.astype(float),[((k.shape[0]-1)//2,k.shape[0]//2),((k.shape[1]-1)//2,k.shape[1]//2)]),k.T.T))
w(E.check_echo, 'x[i-d]*s wraps with negative index', ["An index below 0 counts from the end: the echo of the sound'"], lambda x,d,s: np.array([ (x[i] if i<len(x) else 0)+s*x[(i-d)%len(x)] for i in range(len(x)+d)]))
w(E.check_mirror, 'np.pad reflect then width+1', [], lambda im,wd: np.pad(im,wd+1,mode="symmetric")[1:,1:])
w(E.check_out_size, '(n+2p-k*d)//s + 1 then // ', ['With dilation d your kernel spans d · k pixels. There is no', 'The + 1 is divided by the stride too. It stands for the firs'], lambda n,k,s,p,d: (n+2*p-k*d+1)//s)
w(E.check_out_size, 'square: n[0] for both & no dilation', ['The dilation is forgotten: a kernel with gaps spans more pix', 'Your two numbers are always equal: columns have to be counte'], lambda n,k,s,p,d: np.array([(n[0]+2*p-k[0])//s+1]*2))
w(E.check_zero_mean, 'k - k.mean() then clip negatives', ['Negative results have become 0. They belong in the result.'], lambda k: np.clip(k-k.mean(),0,None))
w(E.check_relu, 'values > 0 * values precedence: values>(0*values)', ['You say whether a number is positive: 1 or 0, the slope of R'], lambda v: v>(0*v))
w(E.check_compose, 'first and second multiplied after padding to full', ['You multiply the two kernels cell by cell on a larger sheet'], lambda a,b: np.pad(a,[(0,b.shape[0]-1),(0,b.shape[1]-1)])*np.pad(b,[(0,a.shape[0]-1),(0,a.shape[1]-1)]))
w(E.check_response, 'sum over channels of relu(sum)+bias then relu/len', ['You take a mean of the channels'], lambda w_,f,b: max(0,(w_.astype(float)*f).sum()/len(w_)+b))
w(E.check_layer, 'bias[c] instead of bias[k] added once: bias[0..]', ['You are right at the last index, but not elsewhere'], lambda x,f,b: np.stack([conv2d(x.astype(float),f[k][None])[0]+b[min(k+1,len(b)-1)] for k in range(len(f))]))
w(E.check_count, 'f*k*k*c+f*c... (k*k+1)*c + f', ['Every filter has its own bias, but all share the same weight', 'Your number is too large by `channels`: that is counted once'], lambda c,f,k:(k*k+1)*c+f)
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
w(E.check_softmax, 'exp then divide by t at end of sum', ['`powers` is multiplied by `temperature`, too.'], lambda z,t:(lambda e:e/(e.sum(1,keepdims=True)*t))(np.exp(z/t-(z/t).max(1,keepdims=True))))
w(E.check_cross_entropy, 'labels+1 column', ['The column after the true class is taken: labels count from'], lambda p,y: -np.log(p[np.arange(len(y)),(y+1)%p.shape[1]]).mean())
w(E.check_cross_entropy, 'mean over N*K, plus sign', ['Everything is divided by the length of `probabilities` along'], lambda p,y: (np.eye(p.shape[1])[y]*np.log(p)).mean())
w(E.check_loss_gradient, '(p-onehot)*p', ["The slope is multiplied by the probabilities: softmax's slop"], lambda p,y:(p-np.eye(p.shape[1])[y])*p/len(p))
w(E.check_update, 'weight -= lr*grad*len', ['the length of `weight` · `learning_rate` stands where `learn'], lambda wt,g,lr: wt-lr*g*len(wt))
w(E.check_relu_backward, 'np.where(x>0,1,0)*x', ['That is the way forward, ReLU itself'], lambda g,x: np.where(x>0,1,0)*x)
w(E.check_flatten_backward, 'x.reshape like gradient', ['That is the way forward: the input, flattened.'], lambda g,x: x.reshape(g.shape))
def ng_once(loss,weight,step):
    out=np.zeros(weight.shape)
    for i in np.ndindex(weight.shape):
        v=weight; v=v.copy(); v[i]+=step; up=loss(v); v[i]-=step; down=loss(v); out[i]=(up-down)/(2*step)
    return out
w(E.check_gradient, 'v[i]-=step once', ['You compare one side with the middle'], ng_once)
w(E.check_covering, 'covers window x stride', ['You cover a rectangle, `window` high and `stride` wide'], lambda c,p,wd,s: np.array([[c(p)-c((lambda q:(q.__setitem__((slice(i,i+wd),slice(j,j+s)),0),q)[1])(p.copy())) for j in range(0,p.shape[1]-wd+1,s)] for i in range(0,p.shape[0]-wd+1,s)]))
w(E.check_climb, 'minus then abs clip', ['Results are reflected at the lower end: their sign is droppe'], lambda x,g,r: np.clip(np.abs(x+r*g),0,1))
w(E.check_gram, 'einsum over hw wrong divides by F*H*W sum', ['`filters` stands where `width` belongs.'], lambda m: np.einsum("ihw,jhw->ij",m,m)/(m.shape[0]*m.shape[1]))
w(E.check_report, 'np.argmax(test) of sorted val', ['The tests are sorted before the choice: then they no longer '], lambda a,b,c: np.sort(c)[np.argmax(b)])
w(E.check_display, 'int8 wrap', ['The numbers are stored as bytes with a sign (`int8`)'], lambda v: np.clip(v,0,255).astype(np.int8))
w(E.check_pooled_layer, 'pool over channels axis', ['The pooling is missing: the maps are as large', 'The numbers are averaged along the first axis'], lambda m: np.maximum(m,0).mean(axis=0))

# a second and a third time
import math
w(E.check_quantize,'step = fs/(2**b-1) and rounds, no lower clip',['The top is clipped, the bottom is not: voltages', 'You divide the range into 2**bits − 1 steps. The'],lambda v,b,f: np.minimum(np.round(v/(f/(2**b-1))),2**b-1).astype(int))
w(E.check_quantize,'clips the volts to the range first, top code 2^b',['The top is not clipped: the end of the range, an'],lambda v,b,f: np.floor(np.clip(v,0,f)/f*2**b).astype(int))
w(E.check_to_gray,'weights swapped round (r<->b) and result cast to int',['Red and blue have changed places: 0.299 is the w', 'The fractions are cut off: the results are store'],lambda im:(0.114*im[:,:,0]+0.587*im[:,:,1]+0.299*im[:,:,2]).astype(int))
w(E.check_to_gray,'(R+G+B)/3 with blue weight typed 0.14',['The weight of blue is 0.14 in your function; 0.1'],lambda im:0.299*im[...,0]+0.587*im[...,1]+0.14*im[...,2])
w(E.check_to_gray,'squares before weighing (gamma)',['The numbers in `image` are squared.', 'A square root is taken of the results.'],lambda im:np.sqrt(0.299*im[...,0].astype(float)**2+0.587*im[...,1].astype(float)**2+0.114*im[...,2].astype(float)**2))
w(E.check_flat_index,'(row*C + col)*W + ch',['The column is multiplied by W. A step to the rig'],lambda i,s:(i[0]*s[2]+i[1])*s[1]+i[2])
w(E.check_flat_index,'row*W*C + (col-1)*C + ch',['`col` is one too small in one place.'],lambda i,s:i[0]*s[1]*s[2]+(i[1]-1)*s[2]+i[2])
w(E.check_flat_index,'(row+col)*W*C+ch',['`col` is multiplied by `width`, too.'],lambda i,s:(i[0]+i[1])*s[1]*s[2]+i[2])
w(E.check_slide,'kernel.shape unpacked as w,h only for window',['`kernel` is transposed: its rows and columns are'],lambda im,k: np.array([[ (im[i:i+k.shape[1],j:j+k.shape[0]].astype(float)*k.T).sum() for j in range(im.shape[1]-k.shape[0]+1)] for i in range(im.shape[0]-k.shape[1]+1)]))
w(E.check_slide,'flip and abs',['The kernel is flipped (turned by 180°) before it is used. He', 'The signs are lost: an absolute value (or a square) is taken'],lambda im,k: np.abs(convolve2d(im.astype(float),k,"valid")))
w(E.check_slide,'scipy ndimage same, reflect border',['Your map is as large as the picture ("same"): th'],lambda im,k: ndconv(im.astype(float),k[::-1,::-1]))
w(E.check_slide,"adds the previous column's result (accumulates along columns)",['A running total goes on down each column: each n'],lambda im,k: np.cumsum(correlate2d(im.astype(float),k,"valid"),axis=0))
w(E.check_display,'v % 255',['The numbers wrap round, as if bytes ran in a cir'],lambda v:(v%255).astype(np.uint8))
w(E.check_display,'np.where(v>255,255,v) then abs',['Only the upper end is clipped; a byte cannot be', 'The signs are lost: an absolute value (or a squa'],lambda v: np.abs(np.where(v>255,255,v)))
w(E.check_display,'divides by max then *255 (neg wraps)',['The results are divided by the largest. Only wha'],lambda v:(v/v.max()*255).astype(int).astype(np.uint8))
w(E.check_flip,'flip(k, axis 1) then transpose',['That is a quarter turn. Convolution takes half a'],lambda k:k[:,::-1].T)
w(E.check_convolve,'convolve same then crop wrong corner',['The map is cut out of a larger one, of all place'],lambda im,k: convolve2d(im.astype(float),k,"full")[:im.shape[0]-k.shape[0]+1,:im.shape[1]-k.shape[1]+1])
w(E.check_echo,'echo: strength applied to sound, echo full',['`strength` belongs to the late one'],lambda s,d,a: np.append(a*s,np.zeros(d))+np.append(np.zeros(d),s))
w(E.check_echo,'echo length N+delay-1',['The last number is missing: the loop ends one pl'],lambda s,d,a:(np.append(s,np.zeros(d))+a*np.append(np.zeros(d),s))[:-1])
w(E.check_echo,'echo averaged: divides by 2',['Everything is half as large as it should be: a d'],lambda s,d,a:(np.append(s,np.zeros(d))+a*np.append(np.zeros(d),s))/2)
w(E.check_out_size,'(n-k+2p)/s floored, +1, dilation multiplies k',['With dilation d your kernel spans d · k pixels.'],lambda n,k,s,p,d:(n-k*d+2*p)//s+1)
w(E.check_out_size,'rounds with int(x/s+0.5)+1',['(number 1) You round to the nearest number. Wher'],lambda n,k,s,p,d:np.floor((n+2*p-d*(k-1)-1)/s+0.5)+1)
w(E.check_out_size,'padding once and +1 forgotten',['You counted the steps. Positions are one more than steps, as', 'The padding is counted once. It lies on both sides: before a'],lambda n,k,s,p,d:(n+p-d*(k-1)-1)//s)
w(E.check_out_size,'(n+2p-d(k-1)) // s + 1',['One too many is added before the division'],lambda n,k,s,p,d:(n+2*p-d*(k-1))//s+1)
w(E.check_zero_mean,'k - k.sum()/k.size**2',['You divide by `kernel.size` twice.'],lambda k:k-k.sum()/k.size**2)
w(E.check_zero_mean,'subtract mean, then divide by sum of abs of result',['The results are divided by the sum of their size'],lambda k:(k-k.mean())/np.abs(k-k.mean()).sum())
w(E.check_relu,'relu with threshold mean',['What is below the mean becomes 0. The corner lie'],lambda x:np.where(x>x.mean(),x,0))
w(E.check_relu,'gelu',['That is GELU, a ReLU with a dip and a round corn'],lambda x:0.5*x*(1+np.tanh(math.sqrt(2/math.pi)*(x+0.044715*x**3))))
w(E.check_compose,'compose: slide second over first same + transposed',['Rows and columns of the result are swapped.'],lambda a,b:convolve2d(a.T,b.T))
w(E.check_response,'response: bias times number of weights and no relu',['The sum and the bias are right, but what is nega', 'The bias is added to every product. The finished'],lambda w,f,b:(w.astype(float)*f+b).sum())
w(E.check_layer,'layer: kernels flipped and bias missing',['The bias does not come in yet.', 'The kernels are turned by 180° before they are u'],lambda x,f,b:np.array([sum(convolve2d(x[c].astype(float),f[k,c],"valid") for c in range(len(x))) for k in range(len(f))]))
w(E.check_layer,'layer: bias on first map only',['You are right at the first index, but not elsewh'],lambda x,f,b:(lambda o:(o.__setitem__(0,o[0]+b[0]),o)[1])(conv2d(x.astype(float),f).astype(float)))
w(E.check_count,'count: (c*k*k)*f + f*c',['There is a bias for each kernel. A filter has on'],lambda c,f,k:c*k*k*f+f*c)
w(E.check_count,'count: c+f..: k*k*(c+1)*f',['The biases are missing: one for each filter.', 'Your number is too large by `filters` · `kernel`'],lambda c,f,k:k*k*(c+1)*f)
w(E.check_max_pool,'max of x[i*s:i*s+w, j:j+w] (col index not multiplied)',['`stride` is left out: it is a factor.'],lambda x,w,s:np.array([[x[i*s:i*s+w,j:j+w].max() for j in range((x.shape[1]-w)//s+1)] for i in range((x.shape[0]-w)//s+1)]))
w(E.check_pooled_layer,'pooled layer: avg*relu of mean sign',['The ReLU is missing.', 'The signs are lost: an absolute value (or a squa'],lambda m:np.abs(avg_pool2d(m.astype(float),2)))
w(E.check_counts,'counts: window side used for outputs n//k',['You count windows that lie side by side. They ov'],lambda n,c,k,f:[(n*n*c+1)*(n//k)**2*f,(k*k*c+1)*(n//k)**2*f,(k*k*c+1)*f])
w(E.check_counts,'counts: local bias per filter, conv ok',['(dense layer) You count one bias for each filter'],lambda n,c,k,f:[n*n*c*(n-k+1)**2*f+f,(k*k*c+1)*(n-k+1)**2*f,(k*k*c+1)*f])
w(E.check_fields,'fields: r += k*jump - 1',['Only 1 is subtracted: (k − 1) · jump needs its p'],lambda L:(lambda o:[o.append((o[-1][0]+k*o[-1][1]-1,o[-1][1]*s)) for k,s in L] and [r for r,_ in o[1:]])([(1,1)]))
w(E.check_gradient,'gradient: (f(w+h)-f(w-h))/h and sign',['Everything is twice as large as it should be: so'],lambda f,w,h:np.array([(f(w-h*e.reshape(w.shape))-f(w+h*e.reshape(w.shape)))/h for e in np.eye(w.size)]).reshape(w.shape))
w(E.check_update,'update with decay',['The weight is in the step, too: that is weight d'],lambda w,g,l:w*(1-l)-l*g)
w(E.check_softmax,'softmax divides by max',['The exponentials are not divided by their sum, s'],lambda z,t:(lambda e:e/e.max(1,keepdims=True))(np.exp(z/t-(z/t).max(1,keepdims=True))))
w(E.check_softmax,'softmax normalises by L2',['The root of the sum of the squares is taken: the'],lambda z,t:(lambda e:e/np.sqrt((e**2).sum(1,keepdims=True)))(np.exp(z/t-(z/t).max(1,keepdims=True))))
w(E.check_cross_entropy,'xent with eps 0.1 label smoothing',['That is label smoothing: the other classes have'],lambda p,y:-(0.9*np.log(p[np.arange(len(y)),y])+0.1*np.log(p).mean(1)).mean())
w(E.check_cross_entropy,'xent over labels as row index',['The column after the true class is taken: labels'],lambda p,y:-np.log(p[np.arange(len(y)),(y+1)%p.shape[1]]).mean())
w(E.check_loss_gradient,'loss gradient: log p - y',['A logarithm is taken of `probabilities`.'],lambda p,y:(np.log(p)-np.eye(p.shape[1])[y])/len(y))
w(E.check_relu_backward,'relu backward leaky 0.1',['At negative inputs 0.1 times the gradient passes'],lambda g,x:np.where(x>0,g,0.1*g))
w(E.check_report,'report val of best train',['The training part chose, and what you report is'],lambda a,b,c:b[a.argmax()])
w(E.check_climb,'climb normalise by max abs + sign flip',['That is downhill, as in training, where a loss h', 'You divide the gradient by its largest, mean or'],lambda p,g,r:np.clip(p-r*g/np.abs(g).max(),0,1))
w(E.check_gram,'gram: mean-centred by pixel across filters',['The mean along the first axis of `maps` is subtr'],lambda m:(lambda r:(r-r.mean(0))@(r-r.mean(0)).T/r.shape[1])(m.reshape(len(m),-1)))
w(E.check_gram,'gram sqrt',['A square root is taken of the results.'],lambda m:(lambda r:np.sqrt(np.abs(r@r.T/r.shape[1])))(m.reshape(len(m),-1)))
w(E.check_quantize,'uses 2**bits for the clip and ceil',['The top is not clipped: the end of the range, an', 'You round up. A code stands for the step above i'],lambda v,b,f:np.clip(np.ceil(v*2**b/f),0,2**b).astype(int))
w(E.check_quantize,'step = f/2**b - 1 (precedence)',['You divide by the wrong thing'],lambda v,b,f:np.clip(np.floor(v/(f/2**b-1)),0,2**b-1))
w(E.check_quantize,'v*2**b//f, clip top only, abs for negatives',['The signs in `volts` are dropped.'],lambda v,b,f:np.minimum(np.abs(v)*2**b//f,2**b-1))
w(E.check_to_gray,'R and G weights both 0.299',['The weight of green is 0.299 in your function; 0'],lambda im:0.299*im[...,0]+0.299*im[...,1]+0.114*im[...,2])
w(E.check_to_gray,'luma via np.average without weights for green',['Everything is 1.129 times too large: that factor'],lambda im:(0.299*im[...,0]+0.587*im[...,1]+0.114*im[...,2])/ (0.299+0.587))
w(E.check_pixel,'image[-row, col]',['The sign of `row` is turned in your function.'],lambda im,r,c:im[-r,c])
w(E.check_pixel,'x,y with y from bottom',['Your rows count from the bottom, as in geometry.'],lambda im,r,c:im[len(im)-r-1,c])
w(E.check_flat_index,'row*W + col then *C, channel forgotten and +row',['`index[0]` stands where `index[2]` belongs.'],lambda i,s:(i[0]*s[1]+i[1])*s[2]+i[0])
w(E.check_flat_index,'row*W*C+col*C+ch*C',['`channel` is multiplied by `depth`, too.'],lambda i,s:i[0]*s[1]*s[2]+i[1]*s[2]+i[2]*s[2])
w(E.check_flat_index,'(row-1)*W*C+(col-1)*C+ch',['One too many: counting begins at 0, so the very', 'You counted from 1. Row, column and channel begi'],lambda i,s:(i[0]-1)*s[1]*s[2]+(i[1]-1)*s[2]+i[2])
w(E.check_display,'astype(int8) of clip 0..255',['The numbers are stored as bytes with a sign (`int8`)'],lambda v:np.clip(v,0,255).astype(np.int16).astype(np.int8))
w(E.check_display,'maximum(v,0)/max*255',['You divided by the largest number: 255 is then n'],lambda v:(np.maximum(v,0)/np.maximum(v,0).max()*255).astype(np.uint8))
w(E.check_display,'round(v/10)',['The numbers are multiplied by 0.1 first. Clippin'],lambda v:np.clip(v/10,0,255).astype(np.uint8))
w(E.check_flip,'rot90 twice in wrong axes: flip rows twice',['The kernel is as it was: not turned at all, or t'],lambda k:k[::-1][::-1])
w(E.check_convolve,'convolve flips kernel in rows only, border cropped one too much',['Only the order of the rows is reversed. That mirrors; half a', 'The last row is missing: the loop ends one place too early.'],lambda im,k:correlate2d(im.astype(float),k[::-1],"valid")[:-1])
w(E.check_echo,'echo delayed by delay+1, too long',['The echo comes one sample too late: its first sa'],lambda s,d,a:np.append(s,np.zeros(d+1))+a*np.append(np.zeros(d+1),s))
w(E.check_mirror,'mirror: symmetric rows, wrap columns',['The columns are copied in their old order, and t', 'Two borders have changed places: a mirror shows'],lambda im,w:np.pad(np.pad(im,((w,w),(0,0)),mode="symmetric"),((0,0),(w,w)),mode="wrap"))
w(E.check_mirror,'mirror width-1',['The outermost rows and columns are missing: the'],lambda im,w:np.pad(im,w-1,mode="symmetric"))
w(E.check_out_size,'(n + 2p - d*(k-1)) // s',['The + 1 is divided by the stride too. It stands'],lambda n,k,s,p,d:(n+2*p-d*(k-1))//s)
w(E.check_out_size,'kernel_eff = k + d, floor',['The dilation multiplies the gaps between the wei'],lambda n,k,s,p,d:(n+2*p-(k+d))//s+1)
w(E.check_out_size,'only rows right: cols use kernel rows and width',['You take the kernel to be square. Its width coun'],lambda n,k,s,p,d:np.array([(n[i]+2*p-d*(k[0]-1)-1)//s+1 for i in(0,1)]))
w(E.check_out_size,'ceil((n+2p)/s)',['The kernel does not come in: it cannot begin on'],lambda n,k,s,p,d:np.ceil((n+2*p)/s))
w(E.check_zero_mean,'subtract mean of absolute, divide',['You take the mean without the signs: negative we'],lambda k:k-np.abs(k).mean())
w(E.check_relu,'relu max(1,x)*x',['The results are squared.'],lambda x:np.maximum(x,0)*x)
w(E.check_relu,'abs half: (x+|x|)',['Everything is twice as large as it should be: so'],lambda x:x+np.abs(x))
w(E.check_compose,'compose: outer sum',['`second` is divided by its sum.'],lambda a,b:convolve2d(a,b)/b.sum())
w(E.check_response,'response: max(0,total)-bias',['ReLU comes too early: the bias is added first, f', 'The bias is subtracted. It is added, as one more'],lambda w,f,b:max(0,(w.astype(float)*f).sum())-b)
w(E.check_response,'response: mean of channels + bias, no relu',['The sum and the bias are right, but what is nega', 'You take a mean of the channels. A filter adds t'],lambda w,f,b:(w.astype(float)*f).sum((1,2)).mean()+b)
w(E.check_layer,'layer: bias subtracted, relu',['The bias is subtracted. It is added.', 'What is negative has become 0. The formula ends'],lambda x,f,b:np.maximum(conv2d(x.astype(float),f)-b[:,None,None],0))
w(E.check_count,'count: k*c*f+f',['The kernel is square: k rows and k columns make'],lambda c,f,k:k*c*f+f)
w(E.check_count,'count: (k*k+c)*f + f',['`channels` and `kernel` are added: they are to b'],lambda c,f,k:(k*k+c)*f+f)
w(E.check_max_pool,'max pool windows w x s',['Your window is a rectangle, `window` one way and'],lambda x,w,s:np.array([[x[i*s:i*s+w,j*s:j*s+s].max() for j in range((x.shape[1]-w)//s+1)] for i in range((x.shape[0]-w)//s+1)]))
w(E.check_pooled_layer,'pooled: relu missing, max',['The ReLU is missing.', 'That is max pooling after the ReLU. Here each wi'],lambda m:max_pool2d(m.astype(float),2))
w(E.check_counts,'counts: kernel n-k',['n − k counts the steps. Places are one more, alo'],lambda n,c,k,f:[(n*n*c+1)*(n-k)**2*f,(k*k*c+1)*(n-k)**2*f,(k*k*c+1)*f])
w(E.check_counts,'counts: dense without channels & biases of conv missing',['The dense layer is connected with every channel', 'The convolution has no biases in your count: one'],lambda n,c,k,f:[(n*n+1)*(n-k+1)**2*f,(k*k*c+1)*(n-k+1)**2*f,k*k*c*f])
w(E.check_fields,'fields: starts 0 and kernel added',['k numbers have k − 1 steps between them: add (k', 'Begin with 1: a pixel sees itself.'],lambda L:(lambda st:[(st.__setitem__(0,st[0]+k*st[1]),st.__setitem__(1,st[1]*s),st[0])[2] for k,s in L])([0,1]))
w(E.check_gradient,'gradient with h*2 twice',['`2` comes in twice as a factor.'],lambda f,w,h:np.array([(f(w+h*e.reshape(w.shape))-f(w-h*e.reshape(w.shape)))/(4*h) for e in np.eye(w.size)]).reshape(w.shape))
w(E.check_gradient,'gradient: backward diff, sign',['You compare one side with the middle. The slope', 'All signs are turned: what should be positive is'],lambda f,w,h:np.array([(f(w-h*e.reshape(w.shape))-f(w))/h for e in np.eye(w.size)]).reshape(w.shape))
w(E.check_update,'update: w*(1 - lr*g)',['The step is multiplied by the weight: a weight o'],lambda w,g,l:w*(1-l*g))
w(E.check_softmax,'softmax temperature on exp outcome',['The logits are multiplied by the temperature, so'],lambda z,t:(lambda e:e/e.sum(1,keepdims=True))(np.exp(z-z.max(1,keepdims=True))**t))
w(E.check_cross_entropy,'xent brier',['That is a squared error: the logarithm is missin'],lambda p,y:((1-p[np.arange(len(y)),y])**2).mean())
w(E.check_cross_entropy,'xent sum over batch / classes',['The losses of the batch are added up. Take their', 'Everything is divided by the length of `probabil'],lambda p,y:-np.log(p[np.arange(len(y)),y]).sum()/p.shape[1])
w(E.check_loss_gradient,'lgrad: softmax slope p*(y-p)',['The sign is the wrong way round: this is truth m', 'The slope is multiplied by the probabilities: so'],lambda p,y:p*(np.eye(p.shape[1])[y]-p)/len(y))
w(E.check_relu_backward,'relu back: gradient*(gradient>0)*(x>0) /N',['Negative gradients are cut off as well. Where th', 'The gradient is divided by how many numbers, or'],lambda g,x:np.maximum(g,0)*(x>0)/len(x))
w(E.check_climb,'climb: clip gradient and picture 0..255',['Pixels are held above 0, but some rise over 1. T', 'You clip the gradient: steep slopes count as ± r'],lambda p,g,r:np.clip(p+r*np.clip(g,-1,1),0,255))
w(E.check_gram,'gram mean over filters and places',['You divide by all numbers of all maps. Two maps'],lambda m:(lambda r:r@r.T/len(r)/r.shape[1])(m.reshape(len(m),-1)))
w(E.check_gram,"gram of relu'd & sums",['Negative numbers in `maps` count as 0.', 'Everything is multiplied by the length of `maps`'],lambda m:(lambda r:r@r.T)(np.maximum(m,0).reshape(len(m),-1)))
