import { t, type Phrase } from '../output/language.ts'
import type { Block, Example } from './command.ts'
import { VARIABLE_ROWS } from './variables.ts'

interface Topic {
  readonly summary: Phrase
  /** A paragraph or a table each. */
  readonly blocks: readonly Block[]
  readonly examples: readonly Example[]
}

/** The topics of `llpay help TOPIC`. */
export const TOPICS: Readonly<Record<string, Topic>> = {
  exit: {
    summary: t('What the exit statuses mean', '退出码的含义'),
    blocks: [
      [
        ['0', t('done and proven', '已完成，且有证据')],
        [
          '1',
          t(
            'a bug in llpay, or standard output cannot be written; what was done stays done',
            'llpay 的缺陷，或无法写入标准输出；已执行的操作不会撤销',
          ),
        ],
        [
          '2',
          t(
            'wrong usage, configuration, key or parameter; nothing was sent',
            '用法、配置、密钥或参数有误；未发出任何请求',
          ),
        ],
        [
          '3',
          t(
            'LianLian refused, the card is bound for another product, or cards were not bound',
            '连连支付拒绝、卡绑定在其他产品下，或卡未绑定',
          ),
        ],
        [
          '4',
          t(
            'a reply cannot be trusted; unless delivered is "no", it may have been carried out',
            '应答不可信；除非 delivered 为 no，否则请求可能已执行',
          ),
        ],
        ['5', t('not delivered; nothing was sent', '未送达；未发出任何请求')],
        [
          '6',
          t(
            'the outcome is unknown; query the list before you repeat',
            '结果未知；重发前先查询绑卡列表',
          ),
        ],
        ['130', t('interrupted before anything was sent', '发送前被中断')],
      ],
      t(
        'With --json every path prints exactly one object on standard output; its "ok" tells success from failure.',
        '加 --json 时，标准输出上始终只有一个 JSON 对象；成功与否看其 "ok"。',
      ),
    ],
    examples: [
      [
        t('Act on the exit status in a script', '在脚本中按退出码处理'),
        'llpay card ensure-unbound --params card.json || echo "status $?"',
      ],
      [
        t('Read the outcome of one object', '从唯一的对象中读取结果'),
        'llpay unbind --params card.json --json | jq .outcome',
      ],
    ],
  },
  keys: {
    summary: t(
      'Which keys there are, their forms, and what goes where',
      '有哪些密钥、其格式与用途',
    ),
    blocks: [
      t(
        "There are two RSA key pairs. The merchant's private key signs requests and never leaves its owner; its public half is uploaded to LianLian's merchant console. LianLian's public key, which the console shows, verifies replies. Using the merchant's own public key in its place is the most frequent mistake; llpay refuses it.",
        '共有两对 RSA 密钥。商户私钥为请求签名，不得外传；其公钥上传到连连支付商户站。商户站展示的连连支付公钥用于验签。最常见的错误是把商户自己的公钥当作连连支付公钥；llpay 会拒绝。',
      ),
      t(
        'Keys are recognized by their content: PEM (PKCS#1, PKCS#8, SubjectPublicKeyInfo), base64 on one line with or without header, DER, JWK. Windows line ends, escaped newlines, quotes and a byte order mark do not matter.',
        '密钥按内容识别：PEM（PKCS#1、PKCS#8、SubjectPublicKeyInfo）、单行 base64（有无 PEM 头尾均可）、DER、JWK。Windows 换行、转义换行、引号与 BOM 均不影响。',
      ),
    ],
    examples: [
      [
        t('Generate a key pair, and see what to upload', '生成密钥对，并给出要上传的公钥'),
        'llpay key new merchant.pem',
      ],
      [
        t('See what a file is, without showing the key', '查看文件是什么密钥，不显示密钥'),
        'llpay key inspect merchant.pem',
      ],
      [
        t('Check whether two files belong together', '检查两个文件是否为同一对密钥'),
        'llpay key match merchant.pem merchant.pem.pub',
      ],
    ],
  },
  signing: {
    summary: t(
      'How a message is signed, and how to find out why it does not verify',
      '报文如何签名，以及验签失败时如何排查',
    ),
    blocks: [
      t(
        'The members of a message, without sign and without empty ones, are sorted by the bytes of their names and joined as name=value with &. Nothing is encoded, quoted or trimmed. The UTF-8 bytes of that text are signed: RSA with MD5, in base64. sign_type is part of the text.',
        '报文字段去掉 sign 与空值，按字段名的字节排序，以 name=value 用 & 连接，即待签名串；不编码、不加引号、不去空格。对其 UTF-8 字节签名：RSA 加 MD5，结果为 base64。sign_type 参与签名。',
      ),
      t(
        'In replies, some members are not signed: agreement_list in the list of cards. A member that no documentation names (correlationID) is signed like any other.',
        '应答中有的字段不参与签名：绑卡列表的 agreement_list。文档未提及的字段（correlationID）照常参与签名。',
      ),
      t(
        "After 1001, verify your own request with your own public key; when a reply does not verify, use LianLian's. A signature reveals which algorithm and which text it was made of: verify reports whether the key is wrong or the text, and tries the usual mistakes until the text matches.",
        '收到 1001 时，用自己的公钥验自己的请求；应答验签失败时，用连连支付的公钥。签名本身含有算法与原文摘要：verify 会判断错在密钥还是原文，并逐一尝试常见错误，直到吻合。',
      ),
    ],
    examples: [
      [
        t('See why a message does not verify', '查看验签失败的原因'),
        'llpay verify reply.json --key lianlian.pem --explain',
      ],
      [
        t('See each step of a signature', '查看签名的每一步'),
        'llpay sign message.json --private-key merchant.pem --explain',
      ],
    ],
  },
  outcomes: {
    summary: t(
      'What is proven when a card is unbound, and what to do when nothing is',
      '解绑成功时有何证据，没有证据时怎么办',
    ),
    blocks: [
      t(
        '"unbound" means: LianLian said so, and signed it (evidence signed-reply), or its list of bound cards no longer has the agreement (signed-query; unsigned-query where LianLian replies "no record", which it does not sign).',
        '“unbound”指：连连支付的应答如此，且已签名（证据 signed-reply）；或绑卡列表中已无该协议（signed-query；连连支付答“无记录”时不签名，为 unsigned-query）。',
      ),
      t(
        'Exit 6 means that nothing proves what became of the request: query with llpay card list before you repeat. Exit 5 means that no byte of it reached a socket. The usual cause of 3003 is another pay_type, user_id or platform than the card was bound with, or a card that was unbound before.',
        '退出码 6：无从证明请求的结果，重发前先用 llpay card list 查询。退出码 5：请求数据完全没有写入 socket。3003 通常因为 pay_type、user_id 或 platform 与绑卡时不同，或卡此前已解绑。',
      ),
      t(
        '--settle always (the default) queries the list before, after and in doubt; auto only in doubt; never not at all. --pay-types names the products under which cards may be bound.',
        '--settle always（默认）在解绑前、解绑后与结果未知时查询列表；auto 只在结果未知时查询；never 不查询。--pay-types 指定卡可能绑定在哪些产品下。',
      ),
    ],
    examples: [
      [
        t('Query what is bound, for all products', '查询所有产品下已绑定的卡'),
        'llpay card list --user-id 1234567 --all',
      ],
      [
        t(
          'Unbind whatever the product is; safe to repeat',
          '不论绑定在哪个产品下都解绑；可安全重复',
        ),
        'llpay card ensure-unbound --user-id 1234567 --no-agree 2014031710002121',
      ],
    ],
  },
  profiles: {
    summary: t(
      'Test and live merchants by name, and which value wins',
      '按名称区分测试与生产商户，以及各配置的优先级',
    ),
    blocks: [
      t(
        'A profile names the merchant, the files of its keys and the gateway; it holds no key. llpay init writes it, as a file:',
        '配置档（profile）记录商户号、密钥文件的位置与网关地址，不含密钥本身。由 llpay init 写成文件：',
      ),
      [
        [
          'Linux',
          t(
            '$XDG_CONFIG_HOME/llpay or ~/.config/llpay',
            '$XDG_CONFIG_HOME/llpay 或 ~/.config/llpay',
          ),
        ],
        ['macOS', '~/Library/Application Support/llpay'],
        ['Windows', String.raw`%APPDATA%\llpay`],
      ],
      t(
        'A flag wins, and so does a profile that --profile names. Then come the variables, and last a profile that LLPAY_PROFILE names, or the one called default, which fills in unset values.',
        '优先级：命令行选项与 --profile 指定的配置档最高，其次是环境变量，最后由 LLPAY_PROFILE 指定的（或名为 default 的）配置档补齐未设置的值。',
      ),
      t(
        'A profile is for test or for live, and the two are kept apart: a live one cannot be sent elsewhere by --base-url or LLPAY_BASE_URL, a test one never reaches LianLian itself. On a terminal, a live unbind shows merchant, bank and last digits, and asks; --yes skips that.',
        '配置档分测试（test）与生产（live），二者严格隔离：生产配置档不能被 --base-url 或 LLPAY_BASE_URL 改发别处，测试配置档绝不会访问连连支付。在终端中解绑真实的卡时，会先显示商户号、银行与尾号并询问；--yes 跳过询问。',
      ),
      t(
        "A private key's file must be readable by its owner only: chmod 600 FILE.",
        '私钥文件只能由其所有者读取：chmod 600 FILE。',
      ),
    ],
    examples: [
      [
        t('Write a profile; asks for what is missing', '写配置档；缺少的内容会询问'),
        'llpay init --profile live',
      ],
      [t('Use it', '使用它'), 'llpay card list --user-id 1234567 --profile live'],
    ],
  },
  environment: {
    summary: t('The variables that llpay reads', 'llpay 读取的环境变量'),
    blocks: [
      VARIABLE_ROWS,
      t(
        'A flag wins over the environment, and so does a profile named by --profile. A variable that is set to nothing counts as not set. A variable and its _FILE together are refused.',
        '命令行选项优先于环境变量，--profile 指定的配置档也是。设为空的变量视为未设置。同一变量与其 _FILE 不能同时设置。',
      ),
    ],
    examples: [
      [
        t('Send calls to a running sandbox', '把调用发往运行中的沙箱'),
        'export LLPAY_BASE_URL=http://127.0.0.1:8090',
      ],
      [t('See what is used, and from where', '查看生效的配置及其来源'), 'llpay doctor'],
    ],
  },
  sandbox: {
    summary: t('How to try everything on this machine', '如何在本机试用全部功能'),
    blocks: [
      t(
        'llpay sandbox is a LianLian gateway on 127.0.0.1: it verifies signatures, keeps bound cards, logs each request, and misbehaves on demand. It prints the variables to export; then every command works against it. llpay sandbox --help lists its flags and scenarios.',
        'llpay sandbox 在 127.0.0.1 上运行一个连连支付网关：验签、保存已绑定的卡、记录每个请求，并可按需模拟故障。它会输出要 export 的环境变量，之后所有命令都可对它使用。选项与场景见 llpay sandbox --help。',
      ),
      t('From another terminal, while it runs:', '运行期间，在另一个终端中：'),
      [
        ['llpay sandbox play close-after --next 1', t('loses the next reply', '丢失下一个应答')],
        ['llpay sandbox requests --follow', t('shows what arrives', '显示收到的请求')],
        ['llpay sandbox cards list', t('lists the bound cards', '列出已绑定的卡')],
        ['llpay sandbox reset', t('returns it to its start', '恢复到启动时的状态')],
      ],
    ],
    examples: [
      [t('Keep its keys in a folder', '把密钥保存在文件夹中'), 'llpay sandbox --keys ./keys'],
      [
        t('Bind this card at the start', '启动时绑定这张卡'),
        'llpay sandbox --card 1234567:2014031710002121:D',
      ],
      [
        t('Keep the cards over restarts', '重启后保留绑定的卡'),
        'llpay sandbox --state ./cards.json',
      ],
    ],
  },
}
