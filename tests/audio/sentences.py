"""What a helpline says, four sentences in each language that an offline engine was measured with."""

from __future__ import annotations

SENTENCES = {
    "zh-Hans": (
        "疫苗接种是免费的。",
        "请向您居住的市区町村的办事处询问。",
        "预约请按二。",
        "如果您有明信片，请按一。",
    ),
    "zh-Hant": (
        "疫苗接種是免費的。",
        "請向您居住的市區町村的辦事處詢問。",
        "預約請按二。",
        "如果您有明信片，請按一。",
    ),
    "ko": (
        "백신 접종은 무료입니다.",
        "살고 있는 지역의 구청이나 시청에 문의하세요.",
        "예약은 이 번을 누르세요.",
        "월요일 오전 아홉 시에 다시 엽니다.",
    ),
    "es": (
        "La vacunación es gratuita.",
        "Pregunte en la oficina municipal donde usted vive.",
        "Para reservar, marque dos.",
        "Abre de nuevo el lunes a las nueve de la mañana.",
    ),
    "pt": (
        "A vacinação é gratuita.",
        "Pergunte na prefeitura da cidade onde você mora.",
        "Para agendar, tecle dois.",
        "Abre de novo na segunda-feira às nove da manhã.",
    ),
    "vi": (
        "Tiêm chủng được miễn phí.",
        "Hãy hỏi văn phòng hành chính nơi bạn sống.",
        "Để đặt lịch, bấm số hai.",
        "Mở lại vào thứ hai lúc chín giờ sáng.",
    ),
    "ne": (
        "खोप निःशुल्क छ।",
        "तपाईं बस्ने ठाउँको नगरपालिका कार्यालयमा सोध्नुहोस्।",
        "बुकिङका लागि दुई थिच्नुहोस्।",
        "सोमबार बिहान नौ बजे फेरि खुल्छ।",
    ),
    "bn": (
        "টিকা বিনামূল্যে দেওয়া হয়।",
        "আপনি যেখানে থাকেন সেখানকার পৌর কার্যালয়ে জিজ্ঞাসা করুন।",
        "বুকিংয়ের জন্য দুই চাপুন।",
        "সোমবার সকাল নয়টায় আবার খুলবে।",
    ),
    "ur": (
        "ویکسین مفت ہے۔",
        "آپ جہاں رہتے ہیں وہاں کے بلدیاتی دفتر سے پوچھیں۔",
        "بکنگ کے لیے دو دبائیں۔",
        "پیر کو صبح نو بجے دوبارہ کھلے گا۔",
    ),
    "si": (
        "එන්නත නොමිලේ ලබා දෙනු ලැබේ.",
        "ඔබ පදිංචි ප්‍රදේශයේ නගර කාර්යාලයෙන් විමසන්න.",
        "වෙන්කිරීම සඳහා දෙක ඔබන්න.",
        "සඳුදා උදේ නවයට නැවත විවෘත වේ.",
    ),
    "ar": (
        "اَلتَّطْعِيمُ مَجَّانِيٌّ.",
        "اِسْأَلْ مَكْتَبَ الْبَلَدِيَّةِ حَيْثُ تَسْكُنُ.",
        "لِلْحَجْزِ اضْغَطْ اثْنَيْنِ.",
        "يَفْتَحُ مَرَّةً أُخْرَى يَوْمَ الِاثْنَيْنِ فِي التَّاسِعَةِ صَبَاحًا.",
    ),
    "fa": (
        "واکسیناسیون رایگان است.",
        "از شهرداری محل زندگی خود بپرسید.",
        "برای رزرو، دو را بزنید.",
        "دوشنبه ساعت نه صبح دوباره باز می‌شود.",
    ),
    "fr": (
        "La vaccination est gratuite.",
        "Demandez à la mairie de la ville où vous habitez.",
        "Pour réserver, tapez deux.",
        "Il rouvre lundi à neuf heures du matin.",
    ),
    "id": (
        "Vaksinasi tidak dipungut biaya.",
        "Tanyakan kepada kantor pemerintah kota tempat Anda tinggal.",
        "Untuk pemesanan, tekan dua.",
        "Buka lagi hari Senin pukul sembilan pagi.",
    ),
    "ms": (
        "Vaksinasi adalah percuma.",
        "Tanya pejabat perbandaran di tempat anda tinggal.",
        "Untuk tempahan, tekan dua.",
        "Dibuka semula pada hari Isnin pukul sembilan pagi.",
    ),
    "ru": (
        "Вакцинация проводится бесплатно.",
        "Обратитесь в муниципалитет по месту жительства.",
        "Для записи нажмите два.",
        "Откроется снова в понедельник в девять часов утра.",
    ),
    "en": (
        "Vaccination is free of charge.",
        "Ask the municipal office where you live.",
        "About booking, press two.",
        "It opens again on Monday at nine in the morning.",
    ),
}
